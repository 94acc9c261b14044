import { Context, Query, Resolver } from '@nestjs/graphql';
import { CommunityDirectory, notFound, Permission, permissionsOf, PluginRequest } from '@weinao/plugins';
import { CommunityType, ViewerType } from './community.type.ts';
import { CommunityViews } from './community.views.ts';
import { CommunityReader } from '../read/community.reader.ts';

/** What is always there at a community's door. */
@Resolver()
export class CommunityResolver {
  constructor(
    private readonly reader: CommunityReader,
    private readonly views: CommunityViews,
    private readonly directory: CommunityDirectory,
  ) {}

  @Query(() => CommunityType)
  @Permission('communities.view')
  async community(@Context() { communityId }: PluginRequest): Promise<CommunityType> {
    const row = await this.reader.byId(communityId);
    if (!row) throw notFound('community', communityId);
    return this.views.ofRow(row);
  }

  @Query(() => ViewerType)
  @Permission('communities.view')
  me(@Context() { communityId, viewer }: PluginRequest): ViewerType {
    const enabled = this.directory.community(communityId)?.plugins;
    const manifests = this.directory.plugins().map(({ manifest }) => manifest);
    const here = manifests.filter(({ id, scope }) => scope === 'platform' || enabled?.has(id));
    const permissions = here.flatMap((manifest) => permissionsOf(manifest, viewer.roles)).sort();
    return { id: viewer.id, roles: [...viewer.roles], permissions };
  }
}
