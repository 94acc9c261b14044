// Lets Node run the TypeScript sources as they are: swc strips the types and compiles decorators with their
// metadata, which Node's own type stripping does not do. Load it with `node --import ./tools/typescript.mjs`.
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';

const options = JSON.parse(readFileSync(new URL('./swc.json', import.meta.url), 'utf8'));

/** What a load hook answers with for a TypeScript source. */
export function compiled(filename, source) {
  const { code } = swc.transformSync(source, { ...options, filename, sourceMaps: 'inline', swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    return compiled(filename, readFileSync(filename, 'utf8'));
  },
});
