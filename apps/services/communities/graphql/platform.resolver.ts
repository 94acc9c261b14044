import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  BadUserInput,
  Commands,
  CommunityDirectory,
  decodeCursor,
  dependentsOf,
  forbidden,
  notFound,
  pageOf,
  Permission,
  PluginCalls,
  PluginRequest,
  requirementsOf,
  CodedError,
} from '@weinao/plugins';
import type { PluginManifest } from '@weinao/plugins';
import { CommunityConnectionType, CommunityType, PluginType } from './community.type.ts';
import { CommunityViews, pluginView } from './community.views.ts';
import {
  CommunitiesArgs,
  CommunityArgs,
  CommunityPluginArgs,
  ConfigurePluginArgs,
  EnablePluginArgs,
  FoundCommunityInput,
} from './platform.inputs.ts';
import { communityDecider } from '../domain/community.decider.ts';
import type { CommunityCommand, Settings } from '../domain/community.decider.ts';
import { CommunityReader } from '../read/community.reader.ts';
import type { CommunityWithPlugins } from '../read/community.reader.ts';

const COMMUNITY_CURSOR = /^[a-z0-9-]{1,64}$/;

/** The platform's own door: communities, the plugin catalogue, and which has which. */
@Resolver()
export class PlatformResolver {
  constructor(
    private readonly reader: CommunityReader,
    private readonly commands: Commands,
    private readonly views: CommunityViews,
    private readonly directory: CommunityDirectory,
    private readonly calls: PluginCalls,
  ) {}

  @Query(() => CommunityConnectionType)
  @Permission('communities.catalogue')
  async communities(
    @Args() { first, after }: CommunitiesArgs,
    @Context() request: PluginRequest,
  ): Promise<CommunityConnectionType> {
    const afterId = after ? decodeCursor(after, COMMUNITY_CURSOR) : undefined;
    const oversees = request.may('communities.oversee');
    const rows = oversees ? await this.reader.page(first, afterId) : await this.ownCommunity(request);
    const page = pageOf(
      rows,
      first,
      ({ id }) => id,
      (row) => this.views.ofRow(row),
    );
    const totalCount = oversees ? await this.reader.count() : rows.length;
    return { nodes: [...page.nodes], pageInfo: page.pageInfo, totalCount };
  }

  @Query(() => CommunityType, { nullable: true })
  @Permission('communities.catalogue')
  async community(
    @Args() { id }: CommunityArgs,
    @Context() request: PluginRequest,
  ): Promise<CommunityType | null> {
    this.requireOwn(id, request);
    const row = await this.reader.byId(id);
    return row ? this.views.ofRow(row) : null;
  }

  @Query(() => [PluginType], { description: 'Every plugin that a running service has announced.' })
  @Permission('communities.catalogue')
  plugins(): PluginType[] {
    return this.directory
      .plugins()
      .map(({ manifest }) => pluginView(manifest))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  @Mutation(() => CommunityType)
  @Permission('communities.found')
  foundCommunity(
    @Args('input') { id, name, timeZone }: FoundCommunityInput,
    @Context() request: PluginRequest,
  ): Promise<CommunityType> {
    return this.execute(id, { type: 'FoundCommunity', name, timeZone }, request);
  }

  @Mutation(() => CommunityType, {
    description:
      'Turns a plugin on. Fails with PLUGIN_REQUIRES where what it requires is off, with BAD_USER_INPUT where settings do not fit its settings class.',
  })
  @Permission('communities.configure')
  async enablePlugin(
    @Args() args: EnablePluginArgs,
    @Context() request: PluginRequest,
  ): Promise<CommunityType> {
    const { communityId, pluginId } = args;
    this.requireOwn(communityId, request);
    this.requireOptional(pluginId);
    const requires = requirementsOf(pluginId, this.manifests());
    const settings = await this.checked(pluginId, args.settings ?? {});
    return this.execute(communityId, { type: 'EnablePlugin', pluginId, settings, requires }, request);
  }

  @Mutation(() => CommunityType)
  @Permission('communities.configure')
  async configurePlugin(
    @Args() args: ConfigurePluginArgs,
    @Context() request: PluginRequest,
  ): Promise<CommunityType> {
    const { communityId, pluginId } = args;
    this.requireOwn(communityId, request);
    this.requireOptional(pluginId);
    const settings = await this.checked(pluginId, args.settings);
    return this.execute(communityId, { type: 'ConfigurePlugin', pluginId, settings }, request);
  }

  @Mutation(() => CommunityType, {
    description:
      'Turns it off: its API, timers and reactions stop; its events stay, and turning it on again catches up.',
  })
  @Permission('communities.configure')
  disablePlugin(
    @Args() args: CommunityPluginArgs,
    @Context() request: PluginRequest,
  ): Promise<CommunityType> {
    const { communityId, pluginId } = args;
    this.requireOwn(communityId, request);
    this.requireOptional(pluginId);
    const requiredBy = dependentsOf(pluginId, this.manifests());
    return this.execute(communityId, { type: 'DisablePlugin', pluginId, requiredBy }, request);
  }

  private async execute(
    id: string,
    command: CommunityCommand,
    request: PluginRequest,
  ): Promise<CommunityType> {
    const { state } = await this.commands.execute(communityDecider, command, request, {
      id,
      communityId: id,
    });
    return this.views.ofState(id, state);
  }

  private manifests(): PluginManifest[] {
    return this.directory.plugins().map(({ manifest }) => manifest);
  }

  /** @throws CodedError where nobody announced it, or it is not for anybody to turn on or off */
  private requireOptional(pluginId: string): void {
    const announcement = this.directory.plugin(pluginId);
    if (!announcement) throw notFound('plugin', pluginId);
    if (announcement.manifest.scope === 'platform') {
      throw new CodedError('PLUGIN_ALWAYS_ON', `${pluginId} is part of every community.`);
    }
  }

  private async checked(pluginId: string, given: unknown): Promise<Settings> {
    const { settings, problems } = await this.calls.checkSettings(pluginId, given);
    if (!settings) throw new BadUserInput(problems);
    return settings;
  }

  private requireOwn(communityId: string, request: PluginRequest): void {
    if (request.may('communities.oversee') || request.viewer.communityId === communityId) return;
    throw forbidden('An admin sees and changes its own community only.');
  }

  private async ownCommunity({ viewer }: PluginRequest): Promise<CommunityWithPlugins[]> {
    const own = viewer.communityId === null ? undefined : await this.reader.byId(viewer.communityId);
    return own ? [own] : [];
  }
}
