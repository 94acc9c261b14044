import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface TestArguments {
  /** Regular expressions for Jest; none means the whole repository. */
  readonly patterns: readonly string[];
  readonly jestArguments: readonly string[];
}

/** Its message is all that the person at the terminal needs. */
export class NothingToTest extends Error {}

/** Reads `[project directory or spec file …] [-- arguments for jest]`. */
export function parseTestArguments(root: string, args: readonly string[]): TestArguments {
  const separator = args.indexOf('--');
  const paths = separator < 0 ? args : args.slice(0, separator);
  const jestArguments = separator < 0 ? [] : args.slice(separator + 1);
  return { patterns: paths.map((path) => pattern(root, path)), jestArguments };
}

function pattern(root: string, path: string): string {
  const full = resolve(root, path);
  if (!existsSync(full)) throw new NothingToTest(`There is no ${path} to test.`);
  const escaped = (statSync(full).isDirectory() ? join(full, '/') : full).replaceAll(
    /[$()*+.?[\\\]^{|}]/g,
    '\\$&',
  );
  return `^${escaped}`;
}
