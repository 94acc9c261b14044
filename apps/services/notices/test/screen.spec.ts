import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HarnessMachine, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import { edgeSubjects } from '@weinao/plugins';
import type { FeedEvent, FeedTold } from '@weinao/plugins';
import {
  publish,
  REGISTER_SCREEN,
  REGISTER_SCREEN_WITH_TOKEN,
  SCREENS,
  TestScreen,
  WITHDRAW,
} from './notice.documents.ts';
import { plugin } from '../plugin.ts';

const HOUR = 3_600_000;

let harness: PluginHarness;
let wang: HarnessViewer;
let gate: TestScreen, stairs: TestScreen, other: TestScreen;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  wang = harness.as(people.workerWang);
  gate = await TestScreen.register(harness, wang, 'gate');
  stairs = await TestScreen.register(harness, wang, 'stairs', '3号楼');
  other = await TestScreen.register(harness, wang, 'other', '5号楼');
});

afterAll(() => harness.close());

const later = (ms: number): string => new Date(harness.clock.now().getTime() + ms).toISOString();
const titled = (title: string, input: object = {}): Promise<LookedInto> => publish(wang, { title, ...input });
const toldTo = async (screen: TestScreen, since: string | null = null): Promise<string[]> =>
  (await screen.connect(since)).told;

describe('a screen that connects', () => {
  let lift: LookedInto, water: LookedInto, storm: LookedInto;

  beforeAll(async () => {
    water = await titled('停水');
    lift = await titled('三号楼电梯检修', { audience: { buildings: ['3号楼'] } });
    storm = await titled('台风', { urgent: true, expiresAt: later(HOUR) });
    await titled('体检', { publishAt: later(2 * HOUR) });
    await titled('不上屏', { onScreens: false });
  });

  it('is told what is valid where it hangs, the takeover last', async () => {
    expect(await toldTo(stairs)).toEqual(['notice 停水', 'notice 三号楼电梯检修', 'takeover 台风']);
    expect(await toldTo(other)).toEqual(['notice 停水', 'takeover 台风']);
    expect(await toldTo(gate)).toEqual(['notice 停水', 'takeover 台风']);
  });

  it('is told exactly what it missed, when it was away', async () => {
    const { position } = await stairs.connect();
    expect(await toldTo(stairs, position)).toEqual([]);
    await wang.data(WITHDRAW, { id: lift.id, reason: '提前完工' });
    const brief = await titled('短暂', { audience: { buildings: ['3号楼'] } });
    await wang.data(WITHDRAW, { id: brief.id, reason: '-' });
    await titled('物业缴费');
    await harness.advance(HOUR);
    const missed = ['withdraw ' + lift.id, 'release ' + storm.id, 'notice 物业缴费'];
    expect(await toldTo(stairs, position)).toEqual(missed);
    expect(await toldTo(other, position)).toEqual(missed.slice(1));
    expect(await toldTo(stairs)).toEqual(['notice 停水', 'notice 物业缴费']);
  });

  it('is told everything where it names what nobody can have told it', async () => {
    for (const since of ['x', '-1', '999999999999', '1e3', '9'.repeat(40)])
      expect(await toldTo(gate, since)).toEqual(['notice 停水', 'notice 物业缴费']);
  });

  it('has a playlist for when it loses its line', async () => {
    const generatedAt = later(0);
    const alarm = await titled('燃气泄漏', { urgent: true, expiresAt: later(HOUR) });
    const playlist = await stairs.playlist();
    expect(playlist).toMatchObject({ generatedAt, takeover: { id: alarm.id, expiresAt: later(HOUR) } });
    expect(playlist.notices).toEqual([
      expect.objectContaining({ id: water.id, title: '停水', urgent: false, expiresAt: null }),
      expect.objectContaining({ title: '物业缴费', publishedAt: expect.any(String) }),
    ]);
    await wang.data(WITHDRAW, { id: alarm.id, reason: '已排除' });
    expect((await stairs.playlist()).takeover).toBeNull();
  });

  it('that expired counts as over, though nothing has said so yet', async () => {
    await titled('片刻', { expiresAt: later(1_000) });
    harness.clock.advance(1_000);
    expect((await gate.playlist()).notices.map(({ title }: LookedInto) => title)).not.toContain('片刻');
    await harness.quiet();
  });
});

describe('what those who are connected are told of', () => {
  const tell = async (type: string, id: string): Promise<FeedTold['messages']> => {
    const events = await harness.events();
    const at = events.findIndex((event) => event.type === type && event.stream.endsWith(id));
    const event = {
      ...events[at],
      id: 'e',
      position: String(at + 1),
      communityId: 'osmanthus-court',
    } as FeedEvent;
    const request = JSON.stringify({ feed: 'screens/:screen/feed', event });
    const answer = await harness.bus.request(edgeSubjects.tell('notices'), request, { timeoutMs: 5_000 });
    return (JSON.parse(answer) as FeedTold).messages;
  };

  it('is each notice where its audience lives, and its end', async () => {
    const { id } = await titled('两栋楼', { audience: { buildings: ['3号楼', '5号楼'] } });
    await wang.data(WITHDRAW, { id, reason: '-' });
    const channels = ['building:3号楼', 'building:5号楼'];
    expect(await tell('NoticePublished', id as string)).toMatchObject([{ event: 'notice', channels }]);
    expect(await tell('NoticeWithdrawn', id as string)).toMatchObject([
      { event: 'withdraw', channels, data: JSON.stringify({ id }) },
    ]);
  });

  it('is an urgent one as a takeover, and nothing that is not for screens', async () => {
    const urgent = await titled('台风', { urgent: true });
    const quiet = await titled('不上屏', { onScreens: false });
    expect(await tell('NoticePublished', urgent.id as string)).toMatchObject([
      { event: 'takeover', channels: 'all' },
    ]);
    expect(await tell('NoticePublished', quiet.id as string)).toEqual([]);
  });
});

describe('the screens of a community', () => {
  it('are online while they are connected, and known when they were last', async () => {
    const before = await TestScreen.register(harness, wang, 'new');
    const states = async (): Promise<unknown[]> =>
      (await wang.data(SCREENS)).screens
        .filter(({ id }: LookedInto) => id === 'new')
        .map(({ online, lastSeenAt }: LookedInto) => [online, lastSeenAt]);
    expect(await states()).toEqual([[false, null]]);
    await before.connect();
    const seen = later(0);
    expect(await states()).toEqual([[true, seen]]);
    harness.clock.advance(60_001);
    expect(await states()).toEqual([[false, seen]]);
    await harness.restart();
    expect(await states()).toEqual([[false, seen]]);
  });

  it('are registered once, and their token is shown once', async () => {
    const input = { id: 'once', name: '东门', building: '1号楼' };
    const key = { idempotencyKey: 'once' };
    const { token } = (await wang.data(REGISTER_SCREEN_WITH_TOKEN, { input }, key)).registerScreen;
    expect(await wang.refusal(REGISTER_SCREEN_WITH_TOKEN, { input }, key)).toBe('TOKEN_SHOWN_ONCE');
    expect((await wang.data(REGISTER_SCREEN, { input }, key)).registerScreen.screen.name).toBe('东门');
    expect(await wang.refusal(REGISTER_SCREEN, { input })).toBe('CONFLICT');
    expect(JSON.stringify(await harness.readModelRows())).not.toContain(token);
  });

  it('are nobody without the right token', async () => {
    for (const token of [null, 'another']) {
      const machine = new HarnessMachine(harness, token);
      expect((await machine.call('GET screens/:screen/playlist', { screen: 'gate' })).status).toBe(401);
      expect(await machine.connect('screens/:screen/feed', { screen: 'gate' })).toMatchObject({
        refusal: { status: 401 },
      });
      expect(await machine.connect('screens/:screen/feed', { screen: 'none' })).toMatchObject({
        refusal: { status: 401 },
      });
    }
  });
});
