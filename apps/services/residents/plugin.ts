import { definePlugin } from '@weinao/plugins';
import { ResidentImportResolver } from './graphql/resident-import.resolver.ts';
import { ResidentMutationsResolver } from './graphql/resident-mutations.resolver.ts';
import { ResidentQueriesResolver } from './graphql/resident-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764100000000 } from './migrations/1764100000000-create-read-models.ts';
import { ResidentReader } from './read/resident.reader.ts';
import { residentsProjection } from './read/residents.projection.ts';

const PERSONAL = ['name', 'birthDate', 'phone', 'room', 'livesAlone', 'tags'];

export const plugin = definePlugin({
  manifest,
  personal: { ResidentRegistered: PERSONAL, ResidentAmended: PERSONAL },
  projections: [residentsProjection],
  migrations: [CreateReadModels1764100000000],
  readers: [ResidentReader],
  resolvers: { community: [ResidentQueriesResolver, ResidentMutationsResolver, ResidentImportResolver] },
});
