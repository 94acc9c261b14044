import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN, PLATFORM, wireSubjects } from '@weinao/plugins';
import type { DirectoryEvent } from '@weinao/plugins';

/** A made-up communities service, as far as the gateway follows its log. */
export class DirectoryFeed {
  private readonly events: { readonly sequence: string }[] = [];

  constructor(private readonly bus: Bus) {
    bus.respond(wireSubjects.ping(COMMUNITIES_PLUGIN), COMMUNITIES_PLUGIN, () => Promise.resolve('{}'));
    bus.respond('log.communities.read', COMMUNITIES_PLUGIN, ({ text }) => {
      const { after } = JSON.parse(text) as { after: string };
      return Promise.resolve(
        JSON.stringify({ events: this.events.slice(Number(after)), head: this.position }),
      );
    });
  }

  get position(): string {
    return String(this.events.length);
  }

  append(communityId: string, event: DirectoryEvent): void {
    const cloudEvent = this.appendUnheard(communityId, event);
    this.bus.publish(`evt.${communityId}.communities.changed`, JSON.stringify(cloudEvent));
  }

  /** As when the bus loses the message: the event stands in the log, and nobody was told. */
  appendUnheard(communityId: string, { type, data }: DirectoryEvent): object {
    const cloudEvent = {
      id: `event-${this.events.length + 1}`,
      type: `communities.${type}`,
      time: '2026-11-24T18:30:00.000Z',
      data,
      communityid: communityId,
      actorid: PLATFORM,
      correlationid: 'made-up',
      sequence: String(this.events.length + 1),
      previous: this.position,
    };
    this.events.push(cloudEvent);
    return cloudEvent;
  }

  found(communityId: string, plugins: readonly string[]): void {
    const data = { name: communityId, timeZone: 'Asia/Shanghai' };
    this.append(communityId, { type: 'CommunityFounded', data });
    for (const pluginId of plugins) this.enable(communityId, pluginId);
  }

  enable(communityId: string, pluginId: string): void {
    this.append(communityId, { type: 'PluginEnabled', data: { pluginId, settings: {} } });
  }

  disable(communityId: string, pluginId: string): void {
    this.append(communityId, { type: 'PluginDisabled', data: { pluginId } });
  }
}
