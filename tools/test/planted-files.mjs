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

/** What the violations need beside themselves. */
export const accomplices = {
  'libs/plugins/hen.ts': "export { egg } from './egg.ts';\nexport const hen = 1;\n",
  'apps/services/lamps/reactions/night.ts': 'export const dusk = 1;\n',
};
