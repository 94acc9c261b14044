import { definePlugin, GeoPoint, GeoPointInput, Location, LocationInput } from '@weinao/plugins';
import { Catalogue } from './catalogue/catalogue.ts';
import { RosterListener } from './catalogue/roster.listener.ts';
import { withAddresses, withOriginAndSettings } from './domain/announced-plugin.decider.ts';
import { AnnouncementController } from './graphql/announcement.controller.ts';
import { CatalogueResolver } from './graphql/catalogue.resolver.ts';
import { CommunityViews } from './graphql/community.views.ts';
import { CommunityResolver } from './graphql/community.resolver.ts';
import { PlatformResolver } from './graphql/platform.resolver.ts';
import { PluginResolver } from './graphql/plugin.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764000000000 } from './migrations/1764000000000-create-read-models.ts';
import { CreateRefusedPlugin1764400000000 } from './migrations/1764400000000-create-refused-plugin.ts';
import { communitiesProjection } from './read/communities.projection.ts';
import { CommunityReader } from './read/community.reader.ts';
import { RefusedPluginReader } from './read/refused-plugin.reader.ts';
import { refusedPluginsProjection } from './read/refused-plugins.projection.ts';

export const plugin = definePlugin({
  manifest,
  upcasters: { PluginAnnounced: [withAddresses, withOriginAndSettings] },
  projections: [communitiesProjection, refusedPluginsProjection],
  migrations: [CreateReadModels1764000000000, CreateRefusedPlugin1764400000000],
  readers: [CommunityReader, RefusedPluginReader],
  resolvers: {
    platform: [PlatformResolver, CatalogueResolver, PluginResolver],
    community: [CommunityResolver, PluginResolver],
  },
  orphanedTypes: [Location, LocationInput, GeoPoint, GeoPointInput],
  providers: [CommunityViews, RosterListener, Catalogue],
  controllers: [AnnouncementController],
});
