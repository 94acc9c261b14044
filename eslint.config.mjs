import nx from '@nx/eslint-plugin';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';
import { folderNames } from './tools/lint/folder-names.mjs';
import { layers, layersOfTests } from './tools/lint/layers.mjs';
import { cacheProjectGraph } from './tools/lint/project-graph.mjs';
import { behindTheReaders, pureDomain, pureProjection } from './tools/lint/purity.mjs';

await cacheProjectGraph();

const specs = ['**/*.spec.ts'];
/** Of plugins from outside, which have the test runner of Node. */
const outsideTests = ['examples/plugins/*/**/*.test.ts'];
const tests = [...specs, '**/test/**/*.ts'];

// What the package @eslint/js would list: ESLint itself brings the rules, and which of them it recommends.
const recommended = Object.fromEntries(
  [...builtinRules].filter(([, { meta }]) => meta.docs.recommended).map(([name]) => [name, 'error']),
);

/** Files of every plugin, whether it is ours or an example of one from outside. */
const inPlugins = (files) => ['apps/services', 'examples/plugins'].map((folder) => `${folder}/*/${files}`);

const timers = { clearInterval: 'readonly', setInterval: 'readonly', setTimeout: 'readonly' };

export default tseslint.config(
  { ignores: ['**/contract/', '**/dist/', '.nx/', '.weinao/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { rules: recommended },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { console: 'readonly', performance: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['examples/plugins/*/**/*.mjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        ...timers,
      },
    },
  },
  {
    plugins: { weinao: { rules: { 'folder-names': folderNames } } },
    rules: { 'weinao/folder-names': 'error', eqeqeq: 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      ...layers,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An implementation of an asynchronous port may happen to need no await.
      '@typescript-eslint/require-await': 'off',
      // Ports are interfaces with methods, and tests and hosts hand on single ones of them.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: outsideTests,
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'node:test' }] },
      ],
    },
  },
  { files: inPlugins('domain/**/*.ts'), ignores: [...specs, ...outsideTests], rules: pureDomain },
  { files: inPlugins('read/**/*.projection.ts'), rules: pureProjection },
  { files: inPlugins('graphql/**/*.ts'), ignores: specs, rules: behindTheReaders },
  {
    files: tests,
    rules: {
      ...layersOfTests,
      // Answers of GraphQL and JSON are looked into by expect, which does not care for types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
