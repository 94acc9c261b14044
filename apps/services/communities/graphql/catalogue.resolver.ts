import { Query, Resolver } from '@nestjs/graphql';
import { fingerprint } from '@weinao/events';
import { CommunityDirectory, Permission } from '@weinao/plugins';
import { PluginRefusalType, PluginReplicaType, ReplicaSchema } from './catalogue.type.ts';
import { RosterListener } from '../catalogue/roster.listener.ts';
import { RefusedPluginReader } from '../read/refused-plugin.reader.ts';

/** What runs beside what is in force, and what was refused: for who runs the platform. */
@Resolver()
export class CatalogueResolver {
  constructor(
    private readonly listener: RosterListener,
    private readonly refusals: RefusedPluginReader,
    private readonly directory: CommunityDirectory,
  ) {}

  @Query(() => [PluginReplicaType], { description: 'Every replica of every plugin that runs now' })
  @Permission('communities.catalogue')
  async pluginReplicas(): Promise<PluginReplicaType[]> {
    const refused = new Set((await this.refusals.all()).map(({ digest }) => digest));
    const inForce = new Set(this.directory.plugins().map((plugin) => fingerprint(plugin)));
    return this.listener.roster.running().map(({ plugin, replica, version, digest }) => {
      const schema = inForce.has(digest)
        ? ReplicaSchema.IN_FORCE
        : refused.has(digest)
          ? ReplicaSchema.REFUSED
          : ReplicaSchema.WAITING;
      return { id: replica, pluginId: plugin, version, schema };
    });
  }

  @Query(() => [PluginRefusalType], {
    description:
      'Announcements that were refused since what is in force of their plugin was taken; at most 20 a plugin',
  })
  @Permission('communities.catalogue')
  async refusedPlugins(): Promise<PluginRefusalType[]> {
    const running = new Set(this.listener.roster.running().map(({ digest }) => digest));
    const refusals = await this.refusals.all();
    return refusals.map((refusal) => ({ ...refusal, running: running.has(refusal.digest) }));
  }
}
