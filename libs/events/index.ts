export type { DomainEvent, EventEnvelope, EventMetadata, Recorded } from './event.ts';
export { derivedId, fingerprint, isSafeId, newId, safeId } from './identifiers.ts';
export { withUpcasters } from './upcaster.ts';
export type { Upcaster, Upcasters } from './upcaster.ts';

export { fold, reject, Rejection } from './decision/decider.ts';
export type { Actor, Decider, DecisionContext } from './decision/decider.ts';
export { CommandHandler, streamName } from './decision/command-handler.ts';
export type { Clock, CommandRequest, Outcome } from './decision/command-handler.ts';

export {
  CommandRepeated,
  LogBusy,
  MOST_APPEND_BYTES,
  MOST_EVENT_BYTES,
  MOST_NAME_BYTES,
  UnstorableEvent,
  VersionConflict,
} from './log/event-log.ts';
export type {
  AppendRequest,
  EventLog,
  KnownCommand,
  NewEvent,
  ReadOptions,
  StreamRange,
} from './log/event-log.ts';
export { createKernelSchema } from './schema.ts';
export { PostgresEventLog } from './log/postgres-event.log.ts';
export { SharedReads } from './log/shared-reads.ts';
export { verifyChain } from './log/chain.ts';
export type { ChainOptions, ChainReport } from './log/chain.ts';
export type { ChainPoint, Tampering } from './log/chain.findings.ts';

export { columnName, rowKey } from './projection/projection.ts';
export type { Projection, RowKey, Rows, RowTable, RowType } from './projection/projection.ts';
export { RowSet } from './projection/row-set.ts';
export { Follower } from './projection/follower.ts';
export { Projector } from './projection/projector.ts';
export type { ProjectorOptions } from './projection/projector.ts';

export { BusError, MOST_MESSAGE_BYTES } from './bus/bus.ts';
export type { Bus, BusErrorCode, BusReporter, BusSubscription, Message } from './bus/bus.ts';
export { InProcessBus } from './bus/in-process.bus.ts';
export { connectNats } from './bus/nats.bus.ts';

export { Consumer } from './publication/consumer.ts';
export type { ConsumedEvent } from './publication/cloud-event.ts';
export { Publisher } from './publication/publisher.ts';
