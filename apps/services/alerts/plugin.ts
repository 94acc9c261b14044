import { definePlugin } from '@weinao/plugins';
import { AlertLiveResolver } from './graphql/alert-live.resolver.ts';
import { AlertMutationsResolver } from './graphql/alert-mutations.resolver.ts';
import { AlertQueriesResolver } from './graphql/alert-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764100000000 } from './migrations/1764100000000-create-read-models.ts';
import { concernReaction } from './reactions/concern.reaction.ts';
import { escalationTimer } from './reactions/escalation.timer.ts';
import { silentDeviceReaction } from './reactions/silent-device.reaction.ts';
import { smokeReaction } from './reactions/smoke.reaction.ts';
import { AlertReader } from './read/alert.reader.ts';
import { alertsProjection } from './read/alerts.projection.ts';
import { AlertSettings } from './settings.ts';

export const plugin = definePlugin({
  manifest,
  settings: AlertSettings,
  projections: [alertsProjection],
  reactions: [smokeReaction, concernReaction, silentDeviceReaction],
  timers: [escalationTimer],
  migrations: [CreateReadModels1764100000000],
  readers: [AlertReader],
  resolvers: { community: [AlertQueriesResolver, AlertMutationsResolver, AlertLiveResolver] },
});
