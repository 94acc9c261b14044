const clockAndChance = (time, ids) => ({
  globals: [
    { name: 'performance', message: time },
    { name: 'crypto', message: ids },
  ],
  properties: [
    { object: 'Date', property: 'now', message: time },
    { object: 'Math', property: 'random', message: ids },
    { object: 'Temporal', property: 'Now', message: time },
  ],
  syntax: [
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: time },
    { selector: "CallExpression[callee.name='Date']", message: time },
  ],
});

const waiting =
  'A decider does not wait: let it return an event, and set a timer on that event in reactions/.';
const surroundings = 'A decider knows only what it is given: put the value into the command or its context.';
const output = 'A decider does nothing but decide: return an event, and act on it in reactions/.';

const ofDomain = clockAndChance(
  'A decider is pure: take the time from context.now.',
  'A decider is pure: take ids, and whatever else is random, from the command; its sender makes them.',
);

const ofProjections = clockAndChance(
  'A rebuilt projection must come out the same: take the time from the event, event.at.',
  'A rebuilt projection must come out the same: take ids from the event, event.id.',
);

const waitingGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const surroundingGlobals = ['process', 'globalThis', 'global', 'require'];
const outputGlobals = ['fetch', 'console', 'WebSocket'];

const explained = (names, message) => names.map((name) => ({ name, message }));

function purity({ globals, properties, syntax }) {
  return {
    'no-restricted-globals': ['error', ...globals],
    'no-restricted-properties': ['error', ...properties],
    'no-restricted-syntax': ['error', ...syntax],
  };
}

const pureOfEvents = [
  'derivedId',
  'fingerprint',
  'fold',
  'isSafeId',
  'reject',
  'Rejection',
  'rejectInput',
  'safeId',
];

/** domain/: no clock, no chance, no surroundings, nothing that waits. */
export const pureDomain = {
  ...purity({
    ...ofDomain,
    globals: [
      ...ofDomain.globals,
      ...explained(waitingGlobals, waiting),
      ...explained(surroundingGlobals, surroundings),
      ...explained(outputGlobals, output),
    ],
    syntax: [
      ...ofDomain.syntax,
      { selector: ':function[async=true]', message: waiting },
      { selector: 'ImportExpression', message: 'A decider loads nothing: import it at the top of the file.' },
    ],
  }),
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      paths: [
        {
          name: '@weinao/events',
          allowImportNames: pureOfEvents,
          allowTypeImports: true,
          message: `domain/ may use of @weinao/events its types and ${pureOfEvents.join(', ')}: logs, buses and ids are brought by whoever runs it.`,
        },
      ],
      patterns: [
        {
          regex: '^(?!\\.{1,2}/|@weinao/events$)',
          message:
            'domain/ imports its own folder and @weinao/events only: bring what it needs in the command or its context.',
        },
      ],
    },
  ],
};

/** *.projection.ts: the same events give the same rows, today and after a rebuild. */
export const pureProjection = purity(ofProjections);

const storeAndBroker = {
  patterns: [
    {
      group: ['@weinao/events'],
      importNamePattern:
        '(Log|Bus|Schema|Projector|Follower|Publisher|Consumer|SnapshotStore)$|^(connectNats|CommandHandler|Snapshots)$',
      message:
        'graphql/ knows neither the log nor the broker: send a command with Commands of @weinao/plugins, and read with a reader of read/.',
    },
    {
      regex: '^(pg|@nats-io/.+|@kurrent/.+)$',
      message:
        'graphql/ knows neither the log nor the broker: send a command with Commands of @weinao/plugins, and read with a reader of read/.',
    },
  ],
};

/** graphql/: commands in, read models out. */
export const behindTheReaders = { '@typescript-eslint/no-restricted-imports': ['error', storeAndBroker] };
