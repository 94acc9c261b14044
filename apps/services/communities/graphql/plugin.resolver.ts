import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CommunityDirectory, JsonScalar, PluginCalls } from '@weinao/plugins';
import type { JsonSchema } from '@weinao/plugins';
import { settingsSchemaIn } from '../catalogue/announced.settings.ts';
import { PluginStatus, PluginType } from './community.type.ts';

const isEnglish = (locale: string | null): boolean => Boolean(locale?.toLowerCase().startsWith('en'));

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
    return isEnglish(locale) ? en : zh;
  }

  @ResolveField(() => JsonScalar, {
    nullable: true,
    description:
      'JSON Schema (2020-12) of its settings, with titles to draw a form from; null where it has none',
  })
  settingsSchema(
    @Parent() { id }: PluginType,
    @Args('locale', { type: () => String, defaultValue: 'zh-CN', nullable: true }) locale: string | null,
  ): JsonSchema | null {
    const settings = this.directory.plugin(id)!.settings;
    return settings ? settingsSchemaIn(settings.schema, isEnglish(locale) ? 'en' : 'zh-CN') : null;
  }

  @ResolveField(() => PluginStatus)
  async status(@Parent() { id }: PluginType): Promise<PluginStatus> {
    return (await this.calls.isRunning(id)) ? PluginStatus.RUNNING : PluginStatus.UNAVAILABLE;
  }
}
