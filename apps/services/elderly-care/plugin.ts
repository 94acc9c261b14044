import { definePlugin } from '@weinao/plugins';
import { ConcernLiveResolver } from './graphql/concern-live.resolver.ts';
import { WatchMutationsResolver } from './graphql/watch-mutations.resolver.ts';
import { WatchQueriesResolver } from './graphql/watch-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764100000000 } from './migrations/1764100000000-create-read-models.ts';
import { activityReaction } from './reactions/activity.reaction.ts';
import { concernTimer } from './reactions/concern.timer.ts';
import { deviceReaction } from './reactions/device.reaction.ts';
import { escalationTimer } from './reactions/escalation.timer.ts';
import { pauseTimer } from './reactions/pause.timer.ts';
import { residentReaction } from './reactions/resident.reaction.ts';
import { WatchReader } from './read/watch.reader.ts';
import { watchesProjection } from './read/watches.projection.ts';
import { CareSettings } from './settings.ts';

export const plugin = definePlugin({
  manifest,
  settings: CareSettings,
  personal: {
    WatchStarted: ['consentGivenBy', 'kinPhone'],
    WatchPaused: ['reason'],
    WatchEnded: ['reason'],
    ConcernClosed: ['note'],
  },
  projections: [watchesProjection],
  reactions: [activityReaction, deviceReaction, residentReaction],
  timers: [concernTimer, pauseTimer, escalationTimer],
  migrations: [CreateReadModels1764100000000],
  readers: [WatchReader],
  resolvers: { community: [WatchQueriesResolver, WatchMutationsResolver, ConcernLiveResolver] },
});
