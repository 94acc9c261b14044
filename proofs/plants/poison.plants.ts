import type { Plant } from './plant.ts';

const LOG = 'libs/events/log/postgres-event.log.ts';

export const poisonPlants: readonly Plant[] = [
  {
    name: 'unstorable-told-as-a-fault',
    about: 'an event that no log can hold is told as a fault of the program',
    proof: 'poison',
    breaks: 'own',
    edits: [
      {
        file: 'libs/plugins/service/commands.ts',
        find: 'if (!(error instanceof UnstorableEvent)) throw error;',
        replace: 'if (!process.env.NEVER || !(error instanceof UnstorableEvent)) throw error;',
      },
    ],
  },
  {
    name: 'batch-fails-with-one',
    about: 'a statement that one append spoils fails for all that share it',
    proof: 'poison',
    breaks: 'others',
    edits: [
      {
        file: LOG,
        find: 'if (batch.length === 1 || !blamesValues(error)) throw error;',
        replace: 'throw error;',
      },
      {
        file: LOG,
        find: '      return (await Promise.all(batch.map((one) => this.appendBatch([one]).catch(rejected)))).flat();\n',
        replace: '',
      },
      { file: LOG, find: 'const rejected = (', replace: 'export const rejected = (' },
      { file: LOG, find: 'const blamesValues = (', replace: 'export const blamesValues = (' },
    ],
  },
  {
    name: 'nul-cut-out',
    about: 'what no text can hold is left out, and the rest is stored',
    proof: 'poison',
    breaks: 'same',
    edits: [
      {
        file: 'libs/events/log/serialization.ts',
        find: 'if (UNSTORABLE_ESCAPE.test(text)) {',
        replace: 'text = text.replaceAll("\\\\u0000", "");\n  if (UNSTORABLE_ESCAPE.test(text)) {',
      },
    ],
  },
  {
    name: 'unforeseen-error-ends-the-process',
    about: 'an error that nobody foresaw ends the process',
    proof: 'poison',
    breaks: 'survival',
    edits: [
      {
        file: 'libs/plugins/service/subgraph.ts',
        find: 'const incident = randomUUID();',
        replace: 'const incident = randomUUID();\n    setTimeout(() => process.exit(1), 100);',
      },
    ],
  },
];
