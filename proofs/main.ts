import { Command, InvalidArgumentError } from 'commander';
import { proofs } from './proofs.ts';
import { plants } from './plants/plants.ts';
import { runAll, runOne, runPlants, runSeeds } from './runs.ts';
import { againWithDisks, mayMount } from './servers/namespace.ts';

interface Options {
  readonly seed?: number;
  readonly seeds?: number;
  readonly full: boolean;
  readonly plant?: string;
  readonly only?: RegExp;
}

const list = (entries: readonly { name: string; about: string }[]): string =>
  entries.map(({ name, about }) => `  ${name.padEnd(34)} ${about}`).join('\n');

function seed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A seed is a number of at most nine digits.');
}

function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('The number of seeds is from 1 to 9999.');
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new InvalidArgumentError('This is no regular expression.');
  }
}

/** They fill disks of their own, which somebody has to be allowed to mount. */
const NEED_DISKS = ['disk', 'all', 'plants'];

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.on(signal, () => stopping.abort(new Error('Stopped before the end.')));
}

await new Command('proof')
  .description('Does its worst to the event kernel, and looks whether what is promised still holds.')
  .argument('<name>', 'a proof; `all` for each in its short form; `plants` for every planted bug')
  .option('--seed <number>', 'the choices of an earlier run; a new one where none is given', seed)
  .option('--seeds <count>', 'so many seeds one after the other, from --seed on', count)
  .option('--full', 'ten minutes rather than one', false)
  .option('--plant <name>', 'with this bug in the code: the proof has to fail')
  .option('--only <pattern>', 'of `plants`, those whose name, or whose proof’s name, matches', pattern)
  .addHelpText('after', `\nProofs:\n${list(proofs)}\n\nPlanted bugs:\n${list(plants)}`)
  .action(async (name: string, { seed = Math.floor(Math.random() * 1e9), seeds, only, ...rest }: Options) => {
    if (NEED_DISKS.includes(name) && !mayMount()) {
      process.exitCode = await againWithDisks(stopping.signal);
      return;
    }
    const options = { ...rest, seed, signal: stopping.signal, say: (line: string) => console.log(line) };
    const run = (): Promise<boolean> => {
      if (name === 'all') return runAll(options);
      if (name === 'plants') return runPlants(options, only);
      return seeds === undefined ? runOne(name, options) : runSeeds(name, seeds, options);
    };
    const holds = await run();
    process.exitCode = holds ? 0 : 1;
  })
  .showHelpAfterError()
  .parseAsync();
process.disconnect?.();
