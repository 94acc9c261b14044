import { describe, expect, it } from '@jest/globals';
import { FeedListener } from '@weinao/testing';
import { eventually } from './eventually.ts';
import { Neighbourhood, succeed } from './neighbourhood.ts';
import { publish } from './notice.story.ts';
import type { World } from './world.ts';

const WITHDRAW = `mutation ($id: ID!) { withdrawNotice(id: $id, reason: "已恢复供水") { status } }`;
const SCREEN = `mutation ($id: ID!, $name: String!) { registerScreen(input: { id: $id, name: $name }) { token } }`;
const ONLINE = `{ screens { online } }`;

/** 2,000 lines that are open at once, 50 of each. */
const SCREENS = 40;
const LINES_OF_EACH = 50;

class Screen {
  private constructor(
    private readonly address: string,
    private readonly token: string,
    readonly feed: FeedListener,
  ) {}

  static async of(here: Neighbourhood, id: string): Promise<Screen> {
    const token = (await succeed(here.admin, SCREEN, { id, name: id })).registerScreen.token as string;
    return Screen.connect(`${here.address}/screens/${id}`, token);
  }

  private static async connect(address: string, token: string, lastEventId?: string): Promise<Screen> {
    return new Screen(address, token, await FeedListener.connect(`${address}/feed`, { token, lastEventId }));
  }

  /** The name and the notice's id of each message so far. */
  get heard(): string[] {
    return this.feed.messages.items.map(
      ({ event, data }) => `${event} ${(JSON.parse(data) as { id: string }).id}`,
    );
  }

  /** Connects anew, as a screen does that lost its line. */
  again(): Promise<Screen> {
    return Screen.connect(this.address, this.token, this.feed.messages.items.at(-1)!.id);
  }

  /** The same screen, so many times more. */
  lines(count: number): Promise<Screen[]> {
    return Promise.all(Array.from({ length: count }, () => Screen.connect(this.address, this.token)));
  }

  async playlist(): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.token}` };
    return (await fetch(`${this.address}/playlist`, { headers })).json();
  }
}

export function describeScreenStory(worldOfStory: () => World): void {
  describe('the screens of a community', () => {
    it('all show a notice, an urgent one alone until it is over, and one that was away what is valid', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'screens', ['notices']);
      const names = Array.from({ length: SCREENS }, (_, index) => `s-${index}`);
      const registered = await Promise.all(names.map((name) => Screen.of(here, name)));
      const more = await Promise.all(registered.map((screen) => screen.lines(LINES_OF_EACH - 1)));
      const screens = [...registered, ...more.flat()];
      const [first, second] = screens as [Screen, Screen];

      const water = await publish(here.worker);
      const lift = await publish(here.worker, { title: '电梯检修' });
      await eventually(async () => {
        for (const { heard } of screens) expect(heard).toEqual([`notice ${water.id}`, `notice ${lift.id}`]);
      });
      first.feed.close();
      const inAnHour = new Date(Date.parse(lift.publishedAt as string) + 3_600_000).toISOString();
      const storm = await publish(here.worker, { title: '台风', urgent: true, expiresAt: inAnHour });
      await succeed(here.worker, WITHDRAW, { id: lift.id });
      await eventually(async () =>
        expect(second.heard.slice(2)).toEqual([`takeover ${storm.id}`, `withdraw ${lift.id}`]),
      );
      expect(await second.playlist()).toMatchObject({
        takeover: { id: storm.id },
        notices: [{ id: water.id }],
      });
      expect((await succeed(here.admin, ONLINE)).screens).toHaveLength(SCREENS);

      const back = await first.again();
      const late = await Screen.of(here, 'late');
      await eventually(async () => {
        expect(back.heard).toEqual([`withdraw ${lift.id}`, `takeover ${storm.id}`]);
        expect(late.heard).toEqual([`notice ${water.id}`, `takeover ${storm.id}`]);
      });
      await world.advance('PT1H');
      await eventually(async () => {
        for (const { heard } of [back, late, ...screens.slice(1)])
          expect(heard.at(-1)).toBe(`release ${storm.id}`);
      });
      for (const { feed } of [back, late, ...screens]) feed.close();
    });
  });
}
