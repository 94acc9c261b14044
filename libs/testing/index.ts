export { anActor, decider, FIXED_NOW } from './deciders/decider.specification.ts';
export type { DeciderSpecification, Given, When } from './deciders/decider.specification.ts';
export { deepFreeze } from './deciders/frozen.ts';

export { projection } from './projections/projection.specification.ts';
export type { GivenProjection, ProjectionSpecification } from './projections/projection.specification.ts';
export { recorded, recordedInOrder } from './projections/recorded.builder.ts';
export type { Recordable, RecordedWhere } from './projections/recorded.builder.ts';

export { CountedIds, numberedId } from './clocks/counted.ids.ts';
export { ManualClock } from './clocks/manual.clock.ts';

export { createTestDatabase } from './servers/test.database.ts';
export type { TestDatabase } from './servers/test.database.ts';
export { testDatabaseServer, testNatsUrl } from './servers/test.servers.ts';

export { describeEventLog } from './contracts/event-log.contract.ts';
export type { OpenEventLog } from './contracts/event-log.contract.ts';
export { appendRequest, factOf, seenWhile } from './contracts/append.builder.ts';
export { describeBus } from './contracts/bus.contract.ts';
export type { OpenBus } from './contracts/bus.contract.ts';
export { Inbox, untilSubscribed } from './contracts/inbox.ts';
