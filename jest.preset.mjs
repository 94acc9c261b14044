import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./tools/swc.json', import.meta.url), 'utf8'));

/** One Jest configuration for every project: native ES modules, because Nest 12 is published as nothing else. */
export default {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts', '**/*.spec.mjs'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  testTimeout: 60_000,
};
