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
        find: 'if (error instanceof UnstorableEvent)',
        replace: 'if (process.env.NEVER && error instanceof UnstorableEvent)',
      },
    ],
  },
  {
    name: 'batch-fails-with-one',
    about:
      'a name that no text can hold comes to the database, and its statement fails for all that share it',
    proof: 'poison',
    breaks: 'others',
    edits: [
      {
        file: LOG,
        find: 'return (await Promise.all(batch.map((one) => this.appendBatch([one]).catch(rejected)))).flat();',
        replace: 'throw [error, rejected][0];',
      },
      {
        file: 'libs/events/log/serialization.ts',
        find: "name.includes('\\u0000') || ",
        replace: '',
      },
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
  {
    name: 'parking-loses-another-stream',
    about: 'behind an event that cannot be projected, the other streams of its page are left out, too',
    proof: 'poison',
    breaks: 'parked',
    edits: [
      {
        file: 'libs/events/projection/page-fold.ts',
        find: 'const fault = faults.get(stream);',
        replace: 'const fault = faults.get(stream) ?? [...faults.values()][0];',
      },
    ],
  },
  {
    name: 'one-fault-stops-all',
    about: 'a projection tries an event that cannot be projected for ever',
    proof: 'poison',
    breaks: 'parked',
    edits: [
      {
        file: 'libs/events/projection/projector.ts',
        find: 'if (!isFault(error) || !this.tries.failedAfter(after)) throw error;',
        replace: 'if (!process.env.NEVER || !isFault(error) || !this.tries.failedAfter(after)) throw error;',
      },
    ],
  },
  {
    name: 'retry-passes-over-the-event',
    about: 'a parked stream is taken up again behind the event that could not be projected',
    proof: 'poison',
    breaks: 'retried',
    edits: [
      {
        file: 'libs/events/projection/retry.ts',
        find: 'position >= parked.position &&',
        replace: 'position > parked.position &&',
      },
    ],
  },
];
