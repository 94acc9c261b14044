import { execFile } from 'node:child_process';
import { glob, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import swc from '@swc/core';
import type { Options } from '@swc/core';
import { folderOf, root } from './published.ts';
import type { PublishedName } from './published.ts';

const TESTS = ['**/*.spec.ts', 'test/**', 'node_modules/**'];
const EVERY_DECLARED_TYPE = { declaration: true, emitDeclarationOnly: true, noEmit: false };

/** Its sources, below its folder, without what tests it. */
export const sourcesOf = (name: PublishedName): Promise<string[]> =>
  Array.fromAsync(glob('**/*.ts', { cwd: folderOf(name), exclude: TESTS }));

/** Each source as JavaScript with its source map, compiled as the repository runs it. */
export async function compileInto(directory: string, name: PublishedName): Promise<void> {
  const asTheRepository = JSON.parse(await readFile(join(root, 'tools', 'swc.json'), 'utf8')) as Options;
  const jsc = { ...asTheRepository.jsc, rewriteRelativeImportExtensions: true };
  for (const source of await sourcesOf(name)) {
    const target = join(directory, source.replace(/\.ts$/, '.js'));
    const { code, map } = await swc.transformFile(join(folderOf(name), source), {
      ...asTheRepository,
      ...{ jsc, swcrc: false, sourceMaps: true, sourceFileName: source },
    });
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, `${code}//# sourceMappingURL=${basename(target)}.map\n`);
    await writeFile(`${target}.map`, map!);
  }
}

/** The declarations of all packages at once: they refer to each other. @throws Error with what tsc says */
export async function declareInto(
  directories: Readonly<Record<PublishedName, string>>,
  temporary: string,
): Promise<void> {
  const names = Object.keys(directories) as PublishedName[];
  const outDir = join(temporary, 'declarations');
  const config = join(temporary, 'tsconfig.json');
  const compilerOptions = {
    ...EVERY_DECLARED_TYPE,
    ...{ rootDir: join(root, 'libs'), outDir, typeRoots: [join(root, 'node_modules', '@types')] },
  };
  const files = names.map((name) => join(folderOf(name), 'index.ts'));
  await writeFile(
    config,
    JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files }),
  );
  await runCompiler(config);
  for (const name of names) {
    for (const source of await sourcesOf(name)) {
      const declaration = source.replace(/\.ts$/, '.d.ts');
      const declared = join(outDir, name, declaration);
      const text = await readFile(declared, 'utf8').catch(() => undefined);
      if (text === undefined) continue; // nothing that the index exports leads to it
      await writeFile(declared, withJavaScriptEndings(text));
      await mkdir(dirname(join(directories[name], declaration)), { recursive: true });
      await rename(declared, join(directories[name], declaration));
    }
  }
}

/** tsc leaves the endings of imports in declarations as they are in the source. */
const withJavaScriptEndings = (declaration: string): string =>
  declaration.replace(/((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2');

async function runCompiler(config: string): Promise<void> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', config], { maxBuffer: 2 ** 24 });
  } catch (error) {
    const { stdout } = error as { stdout: string };
    throw new Error(`tsc could not declare the packages:\n${stdout}`, { cause: error });
  }
}
