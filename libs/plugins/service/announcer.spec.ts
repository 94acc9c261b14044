import { describe, expect, it } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { PluginCalls } from './plugin-calls.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

const announcement = { manifest: { id: 'wishes' }, sdl: {} } as unknown as Announcement;

/** The communities service as the announcer meets it; `taken` is what it heard. */
class Communities {
  readonly taken: Announcement[] = [];
  tries = 0;
  tried: () => void = () => undefined;

  constructor(private readonly refusals: number) {}

  async announce(heard: Announcement): Promise<void> {
    this.tried();
    if (++this.tries <= this.refusals) throw new Error('not yet');
    this.taken.push(heard);
  }
}

const announcerTo = (communities: Communities, reports: string[] = []): Announcer =>
  new Announcer(communities as unknown as PluginCalls, announcement, (message) => reports.push(message));

describe('a service that announces itself', () => {
  it('goes on until the communities service has taken it, and then says no more', async () => {
    const communities = new Communities(2);
    await announcerTo(communities).announce();
    expect(communities).toMatchObject({ tries: 3, taken: [announcement] });
  });

  it('gives up when it is stopped while it waits', async () => {
    const communities = new Communities(Infinity);
    const announcer = announcerTo(communities);
    const tried = new Promise<void>((resolve) => (communities.tried = resolve));
    const announced = announcer.announce();
    await tried;
    announcer.stop();
    await announced;
    expect(communities).toMatchObject({ tries: 1, taken: [] });
  });

  it('tries nothing at all after it was stopped', async () => {
    const communities = new Communities(0);
    const announcer = announcerTo(communities);
    announcer.stop();
    await announcer.announce();
    expect(communities.tries).toBe(0);
  });

  it('finds the communities service on the bus, whichever of the two was first', async () => {
    const bus = new InProcessBus(() => undefined);
    const announcer = new Announcer(new PluginCalls(bus), announcement, () => undefined);
    const announced = announcer.announce();
    const heard = new Promise<string>((resolve) => {
      bus.respond('plugin.announce', 'communities', async ({ text }) => {
        resolve(text);
        return '{"taken":true}';
      });
    });
    await announced;
    expect(JSON.parse(await heard)).toEqual(announcement);
    await bus.close();
  });
});
