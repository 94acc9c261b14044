// Runs the TypeScript sources like tools/typescript.mjs, with the bug that WEINAO_PLANT names put into them while they
// are loaded. The files stay as they are, and know nothing of it.
import { registerHooks } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compiled } from '../../tools/typescript.mjs';

const name = process.env.WEINAO_PLANT;

if (name !== undefined) {
  const [{ planted }, { plants }] = await Promise.all([import('./plant.ts'), import('./plants.ts')]);
  const plant = plants.find((one) => one.name === name);
  if (plant === undefined) throw new Error(`There is no planted bug ${name}`);
  const root = new URL('../../', import.meta.url);
  const edits = Map.groupBy(plant.edits, ({ file }) => new URL(file, root).href);

  registerHooks({
    load(url, context, nextLoad) {
      const here = edits.get(url);
      if (here === undefined) return nextLoad(url, context);
      const filename = fileURLToPath(url);
      return compiled(filename, planted(readFileSync(filename, 'utf8'), here));
    },
  });
}
