import { definePlugin } from '@weinao/plugins';
import { AlertHydrantsResolver } from './graphql/alert-hydrants.resolver.ts';
import { AlertExtension } from './graphql/facility.type.ts';
import { FacilityImportResolver } from './graphql/facility-import.resolver.ts';
import { FacilityMutationsResolver } from './graphql/facility-mutations.resolver.ts';
import { FacilityQueriesResolver } from './graphql/facility-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764300000000 } from './migrations/1764300000000-create-read-models.ts';
import { pressureReaction } from './reactions/pressure.reaction.ts';
import { facilitiesProjection } from './read/facilities.projection.ts';
import { FacilityReader } from './read/facility.reader.ts';
import { hydrantWaterProjection } from './read/hydrant-water.projection.ts';
import { FacilitySettings } from './settings.ts';

export const plugin = definePlugin({
  manifest,
  settings: FacilitySettings,
  projections: [facilitiesProjection, hydrantWaterProjection],
  reactions: [pressureReaction],
  migrations: [CreateReadModels1764300000000],
  readers: [FacilityReader],
  resolvers: {
    community: [
      FacilityQueriesResolver,
      FacilityMutationsResolver,
      FacilityImportResolver,
      AlertHydrantsResolver,
    ],
  },
  orphanedTypes: [AlertExtension],
});
