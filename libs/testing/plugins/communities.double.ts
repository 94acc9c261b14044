import { newId } from '@weinao/events';
import type { Bus, Clock } from '@weinao/events';
import { COMMUNITIES_PLUGIN, PLATFORM, wireSubjects } from '@weinao/plugins';
import type { AnnounceReply, AnnounceRequest, DirectoryEvent, Settings } from '@weinao/plugins';

/**
 * Stands in for the communities service, whose folder no other plugin's spec may import: keeps a log of directory events
 * in memory, tells the bus of each, and takes announcements.
 */
export class CommunitiesDouble {
  private readonly events: object[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {
    bus.respond(`log.${COMMUNITIES_PLUGIN}.read`, COMMUNITIES_PLUGIN, async ({ text }) => {
      const { after } = JSON.parse(text) as { after: string };
      return JSON.stringify({ events: this.events.slice(Number(after)), head: String(this.events.length) });
    });
    bus.respond(wireSubjects.announce, COMMUNITIES_PLUGIN, async ({ text }) => {
      const { replica: _replica, ...announcement } = JSON.parse(text) as AnnounceRequest;
      this.record(PLATFORM, { type: 'PluginAnnounced', data: announcement });
      return JSON.stringify({ state: 'IN_FORCE' } satisfies AnnounceReply);
    });
  }

  found(communityId: string, name: string): void {
    this.record(communityId, { type: 'CommunityFounded', data: { name, timeZone: 'Asia/Shanghai' } });
  }

  enable(communityId: string, pluginId: string, settings: Settings): void {
    this.record(communityId, { type: 'PluginEnabled', data: { pluginId, settings } });
  }

  configure(communityId: string, pluginId: string, settings: Settings): void {
    this.record(communityId, { type: 'PluginConfigured', data: { pluginId, settings } });
  }

  disable(communityId: string, pluginId: string): void {
    this.record(communityId, { type: 'PluginDisabled', data: { pluginId } });
  }

  private record(communityId: string, { type, data }: DirectoryEvent): void {
    const event = {
      specversion: '1.0',
      id: newId(),
      source: `/plugins/${COMMUNITIES_PLUGIN}`,
      type: `${COMMUNITIES_PLUGIN}.${type}`,
      subject: `community/${communityId}/${communityId}`,
      time: this.clock().toISOString(),
      datacontenttype: 'application/json',
      data,
      communityid: communityId,
      correlationid: newId(),
      causationid: newId(),
      sequence: String(this.events.length + 1),
      previous: String(this.events.length),
      revision: this.events.length,
      schemaversion: 1,
    };
    this.events.push(event);
    this.bus.publish(`evt.${communityId}.${COMMUNITIES_PLUGIN}.${type.toLowerCase()}`, JSON.stringify(event));
  }
}
