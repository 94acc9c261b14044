export type { LookedInto } from './answers/looked-into.ts';

export { anActor, decider, FIXED_NOW } from './deciders/decider.specification.ts';
export type { DeciderSpecification, Given, When } from './deciders/decider.specification.ts';
export { deepFreeze } from './deciders/frozen.ts';

export { projection } from './projections/projection.specification.ts';
export type { GivenProjection, ProjectionSpecification } from './projections/projection.specification.ts';
export { describeSqlRebuild, expectSqlLikeFold, inPagesOf } from './projections/sql-rebuild.contract.ts';
export type { Happening, SqlRebuildStory } from './projections/sql-rebuild.contract.ts';
export { recorded, recordedInOrder } from './projections/recorded.builder.ts';
export type { Recordable, RecordedWhere } from './projections/recorded.builder.ts';

export { SeededChance } from './chance/seeded.chance.ts';
export { lookingReaction } from './reactions/looking-reaction.specification.ts';
export { reaction } from './reactions/reaction.specification.ts';
export type { GivenReaction, ReactionSpecification } from './reactions/reaction.specification.ts';
export { timers } from './reactions/timer.specification.ts';
export type { ExpectedTimer, GivenTimers, TimerSpecification } from './reactions/timer.specification.ts';

export { CountedIds, numberedId } from './clocks/counted.ids.ts';
export { ManualClock } from './clocks/manual.clock.ts';

export { createTestDatabase } from './servers/test.database.ts';
export type { TestDatabase } from './servers/test.database.ts';
export { testDatabaseServer, testNatsUrl } from './servers/test.servers.ts';

export type { KurrentDouble } from './kurrent/kurrent.double.ts';
export { startKurrentDouble } from './kurrent/start-kurrent.double.ts';

export { describeEventLog } from './contracts/event-log.contract.ts';
export type { OpenEventLog } from './contracts/event-log.opening.ts';
export { appendRequest, factOf, seenWhile } from './contracts/append.builder.ts';
export { describeBus } from './contracts/bus.contract.ts';
export type { OpenBus } from './contracts/bus.opening.ts';
export { Inbox, untilSubscribed } from './contracts/inbox.ts';

export { judgedApart, settingsTrials } from './settings/settings.trials.ts';
export { CommunitiesDouble } from './plugins/communities.double.ts';
export { brokenRules } from './plugins/broken-rules.ts';
export { mutationDocument } from './plugins/mutation.document.ts';
export { FeedListener } from './answers/feed.listener.ts';
export { HarnessMachine } from './plugins/harness.machine.ts';
export { happenBeside, neighbour } from './plugins/neighbour.ts';
export { describePlugin } from './plugins/plugin.contract.ts';
export type { PluginStory } from './plugins/plugin.story.ts';
export type { StoredEvent } from './plugins/plugin.tables.ts';
export { decidersIn, problemsOfReading, readGoldenEvents } from './plugins/golden.events.ts';
export type { Evolving, GoldenEvent, ReadingPlugin } from './plugins/golden.events.ts';
export { openPluginHarness, PluginHarness } from './plugins/plugin.harness.ts';
export type { PluginHarnessOptions } from './plugins/plugin.harness.ts';
export type { HarnessViewer } from './plugins/harness.viewer.ts';
export { OSMANTHUS_COURT, people, WILLOW_BANK } from './plugins/people.ts';
