export const projects = {
  'libs/events': 'events',
  'libs/plugins': 'plugins',
  'libs/testing': 'testing',
  'libs/embedded': 'embedded',
  'apps/gateway': 'gateway',
  'apps/services/lamps': 'service',
  'apps/services/benches': 'service',
};

/** A plugin as it should be, and what it stands on. */
export const wellMade = {
  'libs/events/log/postgres.log.ts': 'export class PostgresLog {}\n',
  'libs/events/index.ts':
    "export { PostgresLog as PostgresEventLog } from './log/postgres.log.ts';\n" +
    'export const newId = (): string => String(1);\n' +
    'export const reject = (code: string): never => {\n  throw new Error(code);\n};\n' +
    'export interface EventLog {\n  readonly name: string;\n}\n',
  'libs/plugins/index.ts': "import { reject } from '@weinao/events';\nexport const Commands = reject;\n",
  'libs/embedded/index.ts': 'export const embedded = 1;\n',
  'libs/testing/index.ts':
    "import { embedded } from '@weinao/embedded';\nimport { reject } from '@weinao/events';\nexport const given = [embedded, reject];\n",
  'apps/gateway/index.ts': "import { Commands } from '@weinao/plugins';\nexport const gateway = Commands;\n",
  'apps/services/benches/index.ts': 'export interface Bench {\n  readonly id: string;\n}\n',
  'apps/services/lamps/domain/lamp.events.ts': 'export interface LampLit {\n  readonly at: Date;\n}\n',
  'apps/services/lamps/domain/lamp.decider.ts':
    "import { reject } from '@weinao/events';\nimport type { EventLog } from '@weinao/events';\n" +
    "import type { LampLit } from './lamp.events.ts';\n" +
    'export type Known = EventLog;\n' +
    "export const light = (now: string): LampLit => (now === '' ? reject('NO_TIME') : { at: new Date(now) });\n",
  'apps/services/lamps/domain/lamp.decider.spec.ts':
    "import { given } from '@weinao/testing';\nimport { light } from './lamp.decider.ts';\n" +
    'export const spec = [given, light(new Date().toISOString())];\n',
  'apps/services/lamps/read/lamp.rows.ts':
    "import { Entity } from 'typeorm';\nimport { Commands } from '@weinao/plugins';\nexport const parts = [Entity, Commands];\n",
  'apps/services/lamps/read/lamps.projection.ts':
    "import type { LampLit } from '../domain/lamp.events.ts';\nexport const fold = ({ at }: LampLit): Date => at;\n",
  'apps/services/lamps/graphql/lamp.resolver.ts':
    "import { newId } from '@weinao/events';\nimport { Commands } from '@weinao/plugins';\n" +
    "import { parts } from '../read/lamp.rows.ts';\nexport const resolver = [newId, Commands, parts];\n",
};

const lamps = 'apps/services/lamps';

/** [what is wrong, path, text, rule, words of the remedy], for ESLint. */
export const lintViolations = [
  [
    'the clock in a decider',
    `${lamps}/domain/now.ts`,
    'export const now = Date.now();',
    'no-restricted-properties',
    'context.now',
  ],
  [
    'a Date of now in a decider',
    `${lamps}/domain/date.ts`,
    'export const now = new Date();',
    'no-restricted-syntax',
    'context.now',
  ],
  [
    'performance in a decider',
    `${lamps}/domain/performance.ts`,
    'export const now = performance.now();',
    'no-restricted-globals',
    'context.now',
  ],
  [
    'chance in a decider',
    `${lamps}/domain/chance.ts`,
    'export const dice = Math.random();',
    'no-restricted-properties',
    'from the command',
  ],
  [
    'crypto in a decider',
    `${lamps}/domain/crypto.ts`,
    'export const id = crypto.randomUUID();',
    'no-restricted-globals',
    'from the command',
  ],
  [
    'process in a decider',
    `${lamps}/domain/process.ts`,
    'export const zone = process.env;',
    'no-restricted-globals',
    'command or its context',
  ],
  [
    'a timer in a decider',
    `${lamps}/domain/timer.ts`,
    'export const timer = setTimeout(() => undefined, 1);',
    'no-restricted-globals',
    'in reactions/',
  ],
  [
    'waiting in a decider',
    `${lamps}/domain/waiting.ts`,
    'export const decide = async (): Promise<number> => Promise.resolve(1);',
    'no-restricted-syntax',
    'in reactions/',
  ],
  [
    'a package in domain/',
    `${lamps}/domain/package.ts`,
    "export { Entity } from 'typeorm';",
    '@typescript-eslint/no-restricted-imports',
    'command or its context',
  ],
  [
    'the log in domain/',
    `${lamps}/domain/log.ts`,
    "export { PostgresEventLog } from '@weinao/events';",
    '@typescript-eslint/no-restricted-imports',
    'brought by whoever runs it',
  ],
  [
    'the clock in a projection',
    `${lamps}/read/clock.projection.ts`,
    'export const now = new Date();',
    'no-restricted-syntax',
    'event.at',
  ],
  [
    'the log in graphql/',
    `${lamps}/graphql/log.resolver.ts`,
    "export { PostgresEventLog } from '@weinao/events';",
    '@typescript-eslint/no-restricted-imports',
    'Commands of @weinao/plugins',
  ],
  [
    'a library above',
    'libs/events/above.ts',
    "export { Commands } from '@weinao/plugins';",
    '@nx/enforce-module-boundaries',
    '"layer:events"',
  ],
  [
    'a plugin in the gateway',
    'apps/gateway/lamps.ts',
    "export type { Bench } from '@weinao/benches';",
    '@nx/enforce-module-boundaries',
    '"layer:gateway"',
  ],
  [
    'testing outside tests',
    `${lamps}/graphql/testing.ts`,
    "export { given } from '@weinao/testing';",
    '@nx/enforce-module-boundaries',
    '"layer:service"',
  ],
  [
    'a promise nobody waits for',
    'libs/plugins/floating.ts',
    'Promise.resolve(1);',
    '@typescript-eslint/no-floating-promises',
    'awaited',
  ],
  [
    'any',
    'libs/plugins/any.ts',
    'export const lamp = (value: any): unknown => value;',
    '@typescript-eslint/no-explicit-any',
    'different type',
  ],
  [
    'a type imported as a value',
    'libs/plugins/type.ts',
    "import { EventLog } from '@weinao/events';\nexport type Log = EventLog;",
    '@typescript-eslint/consistent-type-imports',
    'import type',
  ],
  [
    'a folder without a subject',
    'libs/plugins/utils/text.ts',
    'export const text = 1;',
    'weinao/folder-names',
    'name it after its subject',
  ],
];

/** [what is wrong, path, text, rule, words of the remedy], for dependency-cruiser. */
export const importViolations = [
  [
    'typeorm in domain/',
    `${lamps}/domain/orm.ts`,
    "export { Entity } from 'typeorm';",
    'domain-is-pure',
    'in the command or its context',
  ],
  [
    'a module of Node in domain/',
    `${lamps}/domain/files.ts`,
    "export { readFileSync } from 'node:fs';",
    'domain-is-pure',
    'in the command or its context',
  ],
  [
    'types of read/ in domain/',
    `${lamps}/domain/rows.ts`,
    "export type { parts } from '../read/lamp.rows.ts';",
    'domain-is-pure',
    'in the command or its context',
  ],
  [
    'graphql/ in read/',
    `${lamps}/read/view.ts`,
    "export { resolver } from '../graphql/lamp.resolver.ts';",
    'read-keeps-to-rows',
    'turn the import around',
  ],
  [
    'graphql/ in reactions/',
    `${lamps}/reactions/dusk.ts`,
    "export { resolver } from '../graphql/lamp.resolver.ts';",
    'reactions-send-commands',
    'send commands of domain/',
  ],
  [
    'the log in graphql/',
    `${lamps}/graphql/store.ts`,
    "export { PostgresLog } from '../../../../libs/events/log/postgres.log.ts';",
    'graphql-behind-readers',
    'Commands of @weinao/plugins',
  ],
  [
    'pg in graphql/',
    `${lamps}/graphql/pg.ts`,
    "export { Pool } from 'pg';",
    'graphql-behind-readers',
    'Commands of @weinao/plugins',
  ],
  [
    'the broker in graphql/',
    `${lamps}/graphql/nats.ts`,
    "export { connect } from '@nats-io/transport-node';",
    'graphql-behind-readers',
    'Commands of @weinao/plugins',
  ],
  [
    'reactions/ in graphql/',
    `${lamps}/graphql/dusk.ts`,
    "export { dusk } from '../reactions/night.ts';",
    'graphql-keeps-to-its-rooms',
    'let the command lead to one',
  ],
  [
    'the server in ui/',
    `${lamps}/ui/page.ts`,
    "export { parts } from '../read/lamp.rows.ts';",
    'ui-behind-the-contract',
    'in a GraphQL document',
  ],
  [
    'types of another plugin',
    `${lamps}/plugin.ts`,
    "export type { Bench } from '@weinao/benches';",
    'no-plugin-imports-another',
    'in its manifest',
  ],
  [
    'a plugin in the gateway',
    'apps/gateway/benches.ts',
    "export type { Bench } from '@weinao/benches';",
    'gateway-knows-no-plugin',
    'manifest or the subgraph',
  ],
  [
    'the insides of a library',
    'apps/gateway/log.ts',
    "export { PostgresLog } from '../../libs/events/log/postgres.log.ts';",
    'only-the-index-of-a-library',
    'export there what is missing',
  ],
  [
    'testing outside tests',
    'libs/plugins/testing.ts',
    "export { given } from '@weinao/testing';",
    'testing-in-tests-only',
    'name it *.spec.ts',
  ],
  [
    'a circle',
    'libs/plugins/hen.ts',
    "export { egg } from './egg.ts';\nexport const hen = 1;",
    'no-circular-imports',
    'into a third file',
  ],
  [
    'an import without its ending',
    'libs/plugins/ending.ts',
    "export { egg } from './no-egg';",
    'nothing-unresolvable',
    'with its .ts ending',
  ],
];

/** What the violations need beside themselves. */
export const accomplices = {
  'libs/plugins/egg.ts': "export { hen } from './hen.ts';\nexport const egg = 1;\n",
  'apps/services/lamps/reactions/night.ts': 'export const dusk = 1;\n',
};
