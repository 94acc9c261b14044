import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { newId } from '@weinao/events';
import { Commands, parseManifest, PLATFORM, PluginRequest } from '@weinao/plugins';
import type { Announcement } from '@weinao/plugins';
import { announcedPluginDecider } from '../domain/announced-plugin.decider.ts';

/** Takes the announcements of services into the catalogue. */
@Controller()
export class AnnouncementController {
  constructor(private readonly commands: Commands) {}

  @MessagePattern('plugin.announce')
  async announce(@Payload() { manifest, sdl, edges, feeds, live }: Announcement): Promise<{ taken: true }> {
    const { id } = parseManifest(manifest);
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
    };
    await this.commands.execute(announcedPluginDecider, { type: 'AnnouncePlugin', plugin }, request, { id });
    return { taken: true };
  }
}
