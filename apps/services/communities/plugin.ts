import { definePlugin, GeoPoint, GeoPointInput, Location, LocationInput } from '@weinao/plugins';
import { withAddresses, withSettings } from './domain/announced-plugin.decider.ts';
import { AnnouncementController } from './graphql/announcement.controller.ts';
import { CommunityViews } from './graphql/community.views.ts';
import { CommunityResolver } from './graphql/community.resolver.ts';
import { PlatformResolver } from './graphql/platform.resolver.ts';
import { PluginResolver } from './graphql/plugin.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764000000000 } from './migrations/1764000000000-create-read-models.ts';
import { communitiesProjection } from './read/communities.projection.ts';
import { CommunityReader } from './read/community.reader.ts';

export const plugin = definePlugin({
  manifest,
  upcasters: { PluginAnnounced: [withAddresses, withSettings] },
  projections: [communitiesProjection],
  migrations: [CreateReadModels1764000000000],
  readers: [CommunityReader],
  resolvers: {
    platform: [PlatformResolver, PluginResolver],
    community: [CommunityResolver, PluginResolver],
  },
  orphanedTypes: [Location, LocationInput, GeoPoint, GeoPointInput],
  providers: [CommunityViews],
  controllers: [AnnouncementController],
});
