import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { newId } from '@weinao/events';
import { Commands, CommunityDirectory, parseManifest, PLATFORM, PluginRequest } from '@weinao/plugins';
import type { Announcement } from '@weinao/plugins';
import { brokenRelation } from './announced.relations.ts';
import { brokenSettings } from './announced.settings.ts';
import { announcedPluginDecider } from '../domain/announced-plugin.decider.ts';

/** Takes the announcements of services into the catalogue. */
@Controller()
export class AnnouncementController {
  constructor(
    private readonly commands: Commands,
    private readonly directory: CommunityDirectory,
  ) {}

  @MessagePattern('plugin.announce')
  async announce(
    @Payload() { manifest, sdl, edges, feeds, live, settings }: Announcement,
  ): Promise<{ taken: true }> {
    const parsed = parseManifest(manifest);
    const { id } = parsed;
    const others = this.directory.plugins().map((announced) => announced.manifest);
    const reason = brokenRelation(parsed, others) ?? brokenSettings(settings);
    if (reason) throw new Error(`The plugin ${id} is refused: ${reason}`);
    const request = new PluginRequest({
      door: 'platform',
      communityId: null,
      viewer: { id: PLATFORM, roles: [], communityId: null },
      permissions: [],
      settings: {},
      correlationId: newId(),
    });
    const plugin = {
      ...{ manifest, sdl: sdl as Record<string, string> },
      ...(edges && { edges }),
      ...(feeds && { feeds }),
      ...(live && { live }),
      ...(settings && { settings }),
    };
    await this.commands.execute(announcedPluginDecider, { type: 'AnnouncePlugin', plugin }, request, { id });
    return { taken: true };
  }
}
