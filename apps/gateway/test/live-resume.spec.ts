import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedListener } from '@weinao/testing';
import { incident } from './incidents.ts';
import { ALL, LiveFixture } from './live.fixture.ts';

const fixture = new LiveFixture();
const { subscribe, happen } = fixture;

beforeEach(() => fixture.start());
afterEach(() => fixture.stop());

interface Told {
  readonly data: { readonly incidentChanged: { readonly id: string } };
  readonly extensions: { readonly eventId: string };
}

/** Which thing was told with which id. */
const ids = async (listener: FeedListener, count: number): Promise<string[]> =>
  ((await listener.until(count)) as Told[]).map(
    ({ data, extensions }) => `${extensions.eventId} ${data.incidentChanged.id}`,
  );

async function cut(listener: FeedListener): Promise<string> {
  const { id } = listener.messages.items.at(-1)!;
  listener.close();
  await listener.ended;
  return id;
}

const NONE = 'it was not refused';
const refusal = (query: string, lastEventId?: string): Promise<string> =>
  subscribe(query, { lastEventId }).then(
    () => NONE,
    (error: Error) => error.message,
  );

async function startAnew(options: Parameters<typeof fixture.start>[0]): Promise<void> {
  await fixture.stop();
  await fixture.start(options);
}

describe('who comes back with the last id', () => {
  it('is told what happened meanwhile, and goes on, over any number of cuts', async () => {
    let listener = await subscribe(ALL);
    happen('a');
    expect(await ids(listener, 1)).toEqual(['1 a.1']);
    for (const round of [1, 2, 3]) {
      const lastEventId = await cut(listener);
      happen(`missed-${round}`);
      listener = await subscribe(ALL, { lastEventId });
      happen(`heard-${round}`);
      const position = 2 * round;
      expect(await ids(listener, 2)).toEqual([
        `${position} missed-${round}.1`,
        `${position + 1} heard-${round}.1`,
      ]);
    }
  });

  it('is told each thing once, as it is by now, where it changed last', async () => {
    for (const place of ['a', 'b', 'a', 'c', 'b', 'a']) happen(place);
    happen('a', 'IncidentSeen');
    happen('a', 'IncidentRaised', 'willow-bank');
    const listener = await subscribe(ALL, { lastEventId: '1' });
    happen('d');
    expect(await ids(listener, 4)).toEqual(['4 c.1', '5 b.1', '6 a.1', '9 d.1']);
    const asked = fixture.service.requests.map(({ position }) => position);
    expect(asked.sort()).toEqual(['4', '5', '6', '9']); // side by side, told in order
  });

  it('is told of the one thing that it wants', async () => {
    for (const place of ['a', 'b', 'a', 'b']) happen(place);
    const one = 'subscription { incidentChanged(id: "a.1") { id } }';
    const listener = await subscribe(one, { lastEventId: '0' });
    happen('b');
    happen('a');
    expect(await ids(listener, 2)).toEqual(['3 a.1', '6 a.1']);
  });

  it('is not told what the plugin says is not theirs to see', async () => {
    for (const place of ['a', 'hidden', 'b']) happen(place);
    expect(await ids(await subscribe(ALL, { lastEventId: '0' }), 2)).toEqual(['1 a.1', '3 b.1']);
  });

  it('finds it at any other gateway', async () => {
    const before = await subscribe(ALL);
    happen('a');
    await ids(before, 1);
    const lastEventId = await cut(before);
    await fixture.platform.gateway.stop();
    happen('b');
    const gateway = await fixture.platform.another();
    try {
      await fixture.platform.ready(gateway);
      const after = await subscribe(ALL, { lastEventId, gateway });
      happen('c');
      expect(await ids(after, 2)).toEqual(['2 b.1', '3 c.1']);
    } finally {
      await gateway.stop();
    }
  });

  it('hears nothing twice that others are told at the same time', async () => {
    let goOn: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (goOn = resolve));
    fixture.service.answerWith({
      incident: async ({ id }) => {
        if (fixture.service.requests.length === 1) await first;
        return incident(id);
      },
    });
    const others = await subscribe(ALL);
    happen('a');
    await fixture.service.asked.until(1);
    const back = await subscribe(ALL, { lastEventId: '0' });
    await ids(back, 1);
    await back.heartbeats.until(back.heartbeats.items.length + 2);
    goOn();
    await ids(others, 1);
    happen('b');
    expect(await ids(back, 2)).toEqual(['1 a.1', '2 b.1']);
  });

  it('is told afterwards of what happens while it is told what it missed', async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    fixture.service.answerWith({
      incident: async ({ id }) => {
        if (fixture.service.requests.length === 1) await held;
        return incident(id);
      },
    });
    happen('a');
    const back = await subscribe(ALL, { lastEventId: '0' });
    await fixture.service.asked.until(1);
    const others = await subscribe(ALL);
    happen('b');
    expect(await ids(others, 1)).toEqual(['2 b.1']);
    expect(back.told()).toEqual([]);
    goOn();
    expect(await ids(back, 2)).toEqual(['1 a.1', '2 b.1']);
  });

  it('is told together with all who come back with the same id meanwhile', async () => {
    await startAnew({ mostSubscriptions: 100 });
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    fixture.service.answerWith({ incident: ({ id }) => held.then(() => incident(id)) });
    for (const place of ['a', 'b']) happen(place);
    const first = await subscribe(ALL, { lastEventId: '0' });
    const others = Array.from({ length: 99 }, () => subscribe(ALL, { lastEventId: '0' }));
    while (!(await refusal('subscription { shoes }')).startsWith('429')); // until all of them are there
    goOn();
    const everybody = [first, ...(await Promise.all(others))];
    for (const one of everybody) expect(await ids(one, 2)).toEqual(['1 a.1', '2 b.1']);
    expect(fixture.service.requests).toHaveLength(4);
  });

  it('is sent away, to come back, while the plugin cannot answer', async () => {
    happen('a');
    await fixture.service.stop();
    const early = await subscribe(ALL, { lastEventId: '0' });
    await early.ended;
    expect(early.told()).toEqual([]);
    fixture.service.start();
    expect(await ids(await subscribe(ALL, { lastEventId: '0' }), 1)).toEqual(['1 a.1']);
  });
});

describe('what cannot be resumed', () => {
  it.each([['-1'], ['1.5'], ['0x1'], ['nothing'], ['01'], ['9223372036854775808'], ['1'.repeat(200)]])(
    'is an id that nobody ever told: %s',
    async (id) => expect(await refusal(ALL, id)).toMatch(/^400 .*BAD_USER_INPUT/),
  );

  it('is an id of the future', async () => {
    happen('a');
    expect(await refusal(ALL, '2')).toMatch(/^400 .*BAD_USER_INPUT/);
  });

  it('is too much, whether of events or of things', async () => {
    for (let count = 0; count <= 10_000; count++) happen('a', 'IncidentSeen');
    expect(await refusal(ALL, '0')).toMatch(/^410 .*query anew.*RESUME_TOO_FAR/);
    expect(await refusal(ALL, '1')).toBe(NONE);
    for (let count = 0; count <= 500; count++) happen(`place-${count}`);
    expect(await refusal(ALL, '10001')).toMatch(/^410 .*RESUME_TOO_FAR/);
    expect(await refusal(ALL, '10002')).toBe(NONE);
  });

  it('is what has been turned off meanwhile', async () => {
    happen('a');
    const listening = await subscribe(ALL);
    fixture.platform.feed.disable('osmanthus-court', 'incidents');
    await listening.ended;
    expect(await refusal(ALL, '0')).toMatch(/^400 .*GRAPHQL_VALIDATION_FAILED/);
  });
});

describe('one person', () => {
  it('has so many subscriptions open in a community, and another one when one ends', async () => {
    await startAnew({ mostSubscriptions: 2 });
    const [first] = [await subscribe(ALL), await subscribe(ALL)];
    await expect(subscribe(ALL)).rejects.toThrow(/^429 .*RATE_LIMITED/);
    await subscribe(ALL, { community: 'willow-bank' });
    await subscribe(ALL, { subject: 'zhao' });
    await expect(subscribe('subscription { shoes }', { subject: 'zhao' })).rejects.toThrow(/^400/);
    await subscribe(ALL, { subject: 'zhao' });
    first.close();
    while ((await refusal(ALL)) !== NONE); // the gateway hears of it in a moment
  });
});
