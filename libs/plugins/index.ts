import 'reflect-metadata';
export { definePlugin } from './plugin.ts';
export type { Plugin, PluginDefinition } from './plugin.ts';
export {
  LEVELS,
  LocalizedText,
  originOf,
  parseManifest,
  permissionsOf,
  PluginManifest,
} from './manifest/plugin-manifest.ts';
export type { Level } from './manifest/plugin-manifest.ts';

export {
  cycleOf,
  dependentsOf,
  neighboursOf,
  requirementsOf,
  unknownEvents,
} from './manifest/requirements.ts';

export { heldByTheGateway, Live } from './live/live.ts';
export { MachineToken, tokenShownOnce } from './access/machine-token.ts';
export { isRole, ROLES } from './access/viewer.ts';
export type { Role, Viewer } from './access/viewer.ts';

export { ageOn, bornBy, dayIn } from './calendar/days.ts';
export { CommunityDirectory, isEnabledIn } from './directory/community-directory.ts';
export type { DirectoryEntry } from './directory/community-directory.ts';
export type { DirectoryEvent, Settings } from './directory/directory.events.ts';

export { assertPaths } from './edges/edge-paths.ts';
export type { EdgeAnswer, EdgeHandler, HttpEdge } from './edges/edge.ts';
export type { FeedHandler, HttpFeed } from './edges/feed.ts';
export { EdgeRequest, FeedRequest } from './edges/machine-request.ts';

export { connection, connectionOf } from './graphql/connection.type.ts';
export { enumType } from './graphql/enum.type.ts';
export { importAll, ImportReport } from './graphql/import-report.type.ts';
export { decodeInstantCursor, instantCursor } from './graphql/instant-cursor.ts';
export type { InstantPlace } from './graphql/instant-cursor.ts';
export { BadUserInput, problemsOf } from './graphql/bad-user-input.ts';
export type { Problem } from './graphql/bad-user-input.ts';
export { CodedError, forbidden, notFound } from './graphql/coded-error.ts';
export { DateTimeScalar, parseInstant } from './graphql/date-time.scalar.ts';
export { JsonScalar } from './graphql/json.scalar.ts';
export { GeoPoint, GeoPointInput, Location, LocationInput } from './graphql/location.type.ts';
export {
  decodeCursor,
  decodeIdCursor,
  MOST_NODES_A_PAGE,
  PageArgs,
  PageInfo,
  pageOf,
} from './graphql/page.type.ts';
export { GivenId, isGivenId, OptionalPhone, OptionalText, Text } from './graphql/text.validators.ts';
export type { Page } from './graphql/page.type.ts';

export { containing } from './rows/containing.ts';
export { readAtOnePosition } from './rows/read-at-one-position.ts';
export { ReadTogether } from './rows/read-together.ts';
export { rowsAsOf } from './rows/rows-as-of.ts';
export { InstantColumn } from './rows/instant-column.ts';

export type { LookingReaction } from './reactions/looking-reaction.ts';

export type { JsonSchema } from './settings/rule.schema.ts';
export { Setting } from './settings/setting.ts';
export type { SettingTexts } from './settings/setting.ts';
export { settingsSchemaOf } from './settings/settings.schema.ts';

export { Batches } from './service/batches.ts';
export { Commands } from './service/commands.ts';
export type { CommandTarget, Executed } from './service/commands.ts';
export { diagnose } from './service/diagnosis.ts';
export type { Diagnosis, Finding } from './service/diagnosis.ts';
export { assertPermissions, Permission } from './service/permission.ts';
export { onceARequest } from './service/once-a-request.ts';
export { PluginClock } from './service/plugin-clock.ts';
export { PluginCalls } from './service/plugin-calls.ts';
export { openPluginDatabase } from './service/plugin-database.ts';
export type { PluginDatabase } from './service/plugin-database.ts';
export { pluginEffects, revivePluginEffects } from './service/plugin-effects.ts';
export { PluginRequest } from './service/plugin-request.ts';

export {
  connectBus,
  eventStreamVariables,
  portVariable,
  reportToConsole,
  requiredVariable,
  StartupError,
} from './service/environment.ts';
export { runUntilSignal, unlessAborted } from './service/process.ts';
export type { Stoppable } from './service/process.ts';
export { parkedStreamsOf, retryParkedOf } from './service/parked.ts';
export type { ParkedFilter, ParkedOutcome } from './service/parked.ts';
export { rebuildReadModels } from './service/rebuild.ts';
export { refillEventStream } from './service/refill.ts';
export { runService } from './service/run-service.ts';
export { openServiceClock } from './service/service-clock.ts';
export type { ServiceClock } from './service/service-clock.ts';
export { startService } from './service/start-service.ts';
export type { RunningService, ServiceOptions } from './service/start-service.ts';

export { edgeKey, edgeSubjects } from './wire/edge.protocol.ts';
export type {
  AnnouncedEdge,
  AnnouncedFeed,
  EdgeCall,
  EdgeReply,
  FeedCall,
  FeedEvent,
  FeedMessage,
  FeedOpened,
  FeedOpening,
  FeedPresence,
  FeedTelling,
  FeedTold,
  HttpCall,
  PathParams,
  ToldMessage,
} from './wire/edge.protocol.ts';
export { COMMUNITIES_PLUGIN, HERE_EVERY_MS, PLATFORM, wireSubjects } from './wire/subgraph.protocol.ts';
export { MOST_IN_A_BATCH } from './wire/batch.protocol.ts';
export type { BatchReply, BatchRequest, RefusedItem } from './wire/batch.protocol.ts';
export type {
  AnnouncedLive,
  AnnouncedSettings,
  Announcement,
  AnnouncementState,
  AnnounceReply,
  AnnounceRequest,
  Door,
  ReplicaHere,
  ReplicaLeaving,
  SettingsReply,
  SubgraphReply,
  SubgraphRequest,
  SubgraphResult,
} from './wire/subgraph.protocol.ts';
