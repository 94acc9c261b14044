import { definePlugin } from '@weinao/plugins';
import { FoundThingMutationsResolver } from './graphql/found-thing-mutations.resolver.ts';
import { FoundThingQueriesResolver } from './graphql/found-thing-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1780000000000 } from './migrations/1780000000000-create-read-models.ts';
import { FoundThingReader } from './read/found-thing.reader.ts';
import { foundThingsProjection } from './read/found-things.projection.ts';
import { LostAndFoundSettings } from './settings.ts';

export const plugin = definePlugin({
  manifest,
  settings: LostAndFoundSettings,
  projections: [foundThingsProjection],
  migrations: [CreateReadModels1780000000000],
  readers: [FoundThingReader],
  resolvers: { community: [FoundThingQueriesResolver, FoundThingMutationsResolver] },
});
