export type { DomainEvent, EventEnvelope, EventMetadata, Recorded } from './event.ts';
export { derivedId, fingerprint, isSafeId, newId, safeId } from './identifiers.ts';
export { newestVersion, upcast, withUpcasters } from './upcaster.ts';
export type { Upcaster, Upcasters } from './upcaster.ts';

export { fold, reject, rejectInput, Rejection } from './decision/decider.ts';
export type { Actor, Decider, DecisionContext } from './decision/decider.ts';
export { CommandHandler, idOfStream, streamName } from './decision/command-handler.ts';
export type { Clock, CommandRequest, Outcome } from './decision/command-handler.ts';
export { PostgresSnapshotStore } from './decision/postgres-snapshot.store.ts';
export type { Snapshot, SnapshotStore } from './decision/snapshot-store.ts';
export { Snapshots } from './decision/snapshots.ts';
export type { Communities } from './decision/communities.ts';
export { intent } from './decision/intent.ts';
export type { Intent } from './decision/intent.ts';

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
export { openKurrentLog } from './log/open-kurrent.log.ts';
export type { KurrentOptions } from './log/kurrent-event.log.ts';
export { Turnstile } from './log/turnstile.ts';
export { SharedReads } from './log/shared-reads.ts';
export { verifyChain } from './log/chain.ts';
export type { ChainOptions, ChainReport } from './log/chain.ts';
export type { ChainPoint, Tampering } from './log/chain.findings.ts';

export { columnName, rowKey } from './projection/projection.ts';
export type { Projection, RowKey, Rows, RowTable, RowType } from './projection/projection.ts';
export type { RebuildSource } from './projection/projection.ts';
export { RebuildUnderWay } from './projection/rebuild.ts';
export type { RebuildOptions } from './projection/rebuild-subject.ts';
export type { RebuildProgress } from './projection/rebuild-progress.ts';
export type { RetryOutcome } from './projection/retry.ts';
export { RowSet } from './projection/row-set.ts';
export { Follower } from './projection/follower.ts';
export { Projector } from './projection/projector.ts';
export type { ProjectorOptions } from './projection/projector.ts';
export { ReadModelProgress } from './projection/read-model-progress.ts';

export { LeaseHolder } from './lease/lease-holder.ts';
export type { LeaseHolderOptions } from './lease/lease-holder.ts';

export { EventFault, isFault } from './parking/event-fault.ts';
export { listParked, park, parkedStreams, unpark } from './parking/parking.ts';
export type { ParkedStream, Parking } from './parking/parking.ts';
export { MOST_TRIES, Tries } from './parking/tries.ts';

export { BusError, MOST_MESSAGE_BYTES } from './bus/bus.ts';
export type { Bus, BusErrorCode, BusReporter, BusSubscription, Message, PublishOptions } from './bus/bus.ts';
export { InProcessBus } from './bus/in-process.bus.ts';
export { connectNats } from './bus/nats.bus.ts';
export type { NatsBus } from './bus/nats.bus.ts';

export { Consumer } from './publication/consumer.ts';
export type { ConsumedEvent } from './publication/cloud-event.ts';
export { EventStream } from './publication/event-stream.ts';
export { EventStreamKeeper } from './publication/event-stream.keeper.ts';
export { LogResponder } from './publication/log-responder.ts';
export { Publisher } from './publication/publisher.ts';
export { refill } from './publication/refill.ts';
export type { Refilled } from './publication/refill.ts';
export { SharedDoorbell } from './publication/shared-doorbell.ts';
export { logHead } from './publication/log-head.ts';
export { readLogPage } from './publication/log-page.ts';
export type { ConsumedPage } from './publication/log-page.ts';

export { rewindToParked } from './parking/rewind.ts';
export { NotNow, publisherOf } from './reaction/reaction.ts';
export type { Followed, LookupReaction, Reaction } from './reaction/reaction.ts';
export { Reactor } from './reaction/reactor.ts';
export type { ReactorOptions } from './reaction/reactor.options.ts';
export { Timers } from './timer/timers.ts';
export { overdueTimers } from './timer/overdue-timers.ts';
export type { TimersOptions } from './timer/timers.options.ts';
export type { DueTimer, FiringContext, Timer, TimerChange } from './timer/timer.ts';
export { listEffects, reviveEffect } from './effect/effect-rows.ts';
export type { EffectFilter, EffectKey, EffectRow, EffectState } from './effect/effect-rows.ts';
export { Effects } from './effect/effects.ts';
export type { EffectsOptions } from './effect/effects.options.ts';
export { FinalFailure } from './effect/outside-effect.ts';
export type { DueEffect, EffectRequest, OutsideEffect, PerformContext } from './effect/outside-effect.ts';
export { DatabaseClock, VirtualClock } from './due/timer-clock.ts';
export type { TimerClock } from './due/timer-clock.ts';
export { ClockHand } from './due/clock-hand.ts';
export { StandingClock } from './due/standing-clock.ts';
export { VirtualDatabaseClock } from './due/virtual-database-clock.ts';
