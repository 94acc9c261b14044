import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CommunityDirectory, PluginCalls } from '@weinao/plugins';
import { PluginStatus, PluginType } from './community.type.ts';

@Resolver(() => PluginType)
export class PluginResolver {
  constructor(
    private readonly directory: CommunityDirectory,
    private readonly calls: PluginCalls,
  ) {}

  @ResolveField(() => String)
  name(
    @Parent() { id }: PluginType,
    @Args('locale', { type: () => String, defaultValue: 'zh-CN', nullable: true }) locale: string | null,
  ): string {
    const { zh, en } = this.directory.plugin(id)!.manifest.name;
    return locale?.toLowerCase().startsWith('en') ? en : zh;
  }

  @ResolveField(() => PluginStatus)
  async status(@Parent() { id }: PluginType): Promise<PluginStatus> {
    return (await this.calls.isRunning(id)) ? PluginStatus.RUNNING : PluginStatus.UNAVAILABLE;
  }
}
