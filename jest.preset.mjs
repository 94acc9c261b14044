import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./tools/swc.json', import.meta.url), 'utf8'));

/** One Jest configuration for every project: native ES modules, because Nest 12 is published as nothing else. */
export default {
  testEnvironment: '<rootDir>/tools/test-environment.mjs',
  testMatch: ['**/*.spec.ts', '**/*.spec.mjs'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  modulePathIgnorePatterns: ['<rootDir>/\\.nx/', '<rootDir>/\\.weinao/'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  reporters: ['default', '<rootDir>/tools/test-reporter.mjs'],
  watchman: false,
  testTimeout: 60_000,
};
