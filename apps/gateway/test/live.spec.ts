import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedListener } from '@weinao/testing';
import { ALL, changed, LiveFixture } from './live.fixture.ts';
import type { Asking } from './live.fixture.ts';
import { MadeUpLog } from './made-up.log.ts';
import { incidents } from './incidents.ts';

const fixture = new LiveFixture();
const { subscribe, happen } = fixture;

beforeEach(() => fixture.start());
afterEach(() => fixture.stop());

const things = async (listener: FeedListener, count: number): Promise<unknown[]> =>
  (await listener.until(count)).map((payload) => ({ ...(payload as object), extensions: undefined }));

describe('who subscribes', () => {
  it('is told of each thing that changes, as the plugin answers by then', async () => {
    const one = await subscribe(ALL);
    expect(one.contentType).toBe('text/event-stream; charset=utf-8');
    happen('east');
    happen('west', 'IncidentEnded');
    happen('east', 'IncidentSeen');
    happen('east', 'IncidentRaised', 'willow-bank');
    happen('south');
    expect(await things(one, 3)).toEqual([changed('east.1'), changed('west.1'), changed('south.1')]);
    expect(one.messages.items[0]!.event).toBe('next');
    expect(fixture.service.requests.map(({ position }) => position)).toEqual(['1', '2', '5']);
  });

  it('may want one thing only, by name or by a variable', async () => {
    const named = await subscribe('subscription { incidentChanged(id: "west.1") { id title } }');
    const query = 'subscription One($id: ID) { incidentChanged(id: $id) { id title } }';
    const varied = await subscribe(query, { variables: { id: 'east.1' } });
    const all = await subscribe(query, { variables: { id: null } });
    for (const place of ['south', 'west', 'east']) happen(place);
    expect(await things(all, 3)).toHaveLength(3);
    expect([await things(named, 1), await things(varied, 1)]).toEqual([
      [changed('west.1')],
      [changed('east.1')],
    ]);
  });

  it('gets it under any name, with fragments, variables and the fields of other plugins', async () => {
    const query = `
      subscription Watch($long: Boolean = false) { it: incidentChanged { ...whole } }
      query Other { incidents { id } }
      fragment whole on Incident { title(long: $long) who { id name } }`;
    const listener = await subscribe(query, { operationName: 'Watch', variables: { long: true } });
    happen('east');
    const who = { id: 'chen', name: '陈奶奶' };
    expect(await things(listener, 1)).toEqual([{ data: { it: { title: '烟感报警', who } } }]);
  });

  it('is asked about once, however often the same person asks the same', async () => {
    const [first, second] = [await subscribe(ALL), await subscribe(ALL)];
    const other = await subscribe('subscription { incidentChanged { title } }');
    happen('east');
    for (const one of [first, second, other]) await things(one, 1);
    expect(fixture.service.requests).toHaveLength(2);
  });

  it('is not told of what the plugin says is not theirs to see', async () => {
    const one = await subscribe(ALL);
    happen('hidden');
    happen('east');
    expect((await things(one, 1))[0]).toEqual(changed('east.1'));
  });

  it('is told later, once, where the plugin could not answer', async () => {
    const one = await subscribe(ALL);
    await fixture.service.stop();
    happen('east');
    await one.heartbeats.until(5);
    expect(one.told()).toEqual([]);
    fixture.service.start();
    happen('west');
    expect(await things(one, 2)).toEqual([changed('east.1'), changed('west.1')]);
  });
});

describe('a neighbour that is away', () => {
  it('is told of as it is, and nobody waits for it', async () => {
    const query = 'subscription { incidentChanged { title who { name } } }';
    const [here, there] = [await subscribe(query), await subscribe(ALL, { community: 'willow-bank' })];
    await fixture.neighbour.stop();
    happen('east');
    happen('west', 'IncidentRaised', 'willow-bank');
    expect(await things(there, 1)).toEqual([changed('west.1')]);
    expect(await things(here, 1)).toMatchObject([
      { data: { incidentChanged: null }, errors: [{ extensions: { code: 'PLUGIN_UNAVAILABLE' } }] },
    ]);
    fixture.neighbour.start();
    happen('east');
    expect((await things(here, 2))[1]).toEqual({
      data: { incidentChanged: { title: '烟', who: { name: '陈奶奶' } } },
    });
  });

  it('whose schema does not fit any more is left out, and the subscriptions go on', async () => {
    const here = await subscribe(ALL);
    fixture.platform.announce({
      plugin: 'clashing',
      sdl: { community: 'type Query { clash: Incident } type Incident { id: Int! shoes: Int! }' },
    });
    fixture.platform.feed.enable('osmanthus-court', 'clashing');
    while (!fixture.platform.reports.join().includes('There is no schema')) await new Promise(setImmediate);
    happen('east');
    expect(await things(here, 1)).toEqual([changed('east.1')]);
  });
});

describe('a subscription ends', () => {
  const ending = async (listener: FeedListener): Promise<string[]> => {
    await listener.ended;
    return listener.messages.items.map(({ event }) => event);
  };

  it('with a word where the plugin is turned off, and where the gateway stops', async () => {
    const [here, there] = [await subscribe(ALL), await subscribe(ALL, { community: 'willow-bank' })];
    fixture.platform.feed.disable('osmanthus-court', 'incidents');
    expect(await ending(here)).toEqual(['complete']);
    await fixture.platform.gateway.stop();
    expect(await ending(there)).toEqual(['complete']);
  });

  it('with the token', async () => {
    const one = await subscribe(ALL, { lifetime: '2s' });
    await one.ended;
    expect(one.told()).toEqual([]);
  });

  it('with the last who listens, and begins anew with the next', async () => {
    const one = await subscribe(ALL);
    one.close();
    await one.ended;
    happen('east');
    const next = await subscribe(ALL);
    happen('west');
    expect(await things(next, 1)).toEqual([changed('west.1')]);
  });
});

describe('what is no subscription', () => {
  const refusal = (query: string, asking: Asking = {}): Promise<string> =>
    subscribe(query, asking).then(
      () => 'it was not refused',
      (error: Error) => error.message,
    );

  it.each([
    ['unknown fields', 'subscription { incidentChanged { shoes } }', '400', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two fields',
      'subscription { incidentChanged { id } b: incidentChanged { id } }',
      '400',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a field in a fragment',
      'subscription { ... { incidentChanged { id } } }',
      '400',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a variable that is missing',
      'subscription ($id: ID!) { incidentChanged(id: $id) { id } }',
      '400',
      'BAD_USER_INPUT',
    ],
  ])('is refused before it begins: %s', async (_case, query, status, code) => {
    const message = await refusal(query);
    expect(message.slice(0, 3)).toBe(status);
    expect(message).toContain(`"code":"${code}"`);
  });

  it('is refused to who has not the permission, by the plugin’s manifest', async () => {
    expect(await refusal(ALL, { role: 'resident' })).toMatch(/^403 .*FORBIDDEN/);
  });

  it('is refused where the plugin does not answer, and open as soon as it does', async () => {
    fixture.platform.feed.found('new', ['incidents']);
    const silent = {
      ...incidents,
      plugin: 'sirens',
      live: incidents.live!.map((one) => ({ ...one, field: 'sirenChanged' })),
      sdl: {
        community:
          'type Query { siren: Siren } type Siren { id: ID! } type Subscription { sirenChanged(id: ID): Siren! }',
      },
    };
    fixture.platform.announce(silent);
    fixture.platform.feed.enable('new', 'sirens');
    const query = 'subscription { sirenChanged { id } }';
    expect(await refusal(query, { community: 'new' })).toMatch(/^503 .*PLUGIN_UNAVAILABLE/);
    new MadeUpLog(fixture.platform.bus, 'sirens');
    await subscribe(query, { community: 'new' });
  });

  it('is refused to who does not listen', async () => {
    const { status, json } = await fixture.platform.ask('osmanthus-court', ALL);
    expect([status, json.errors[0].extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
  });

  it('is answered as ever to who would listen', async () => {
    const listening = await fixture.platform.post(
      '/communities/osmanthus-court/graphql',
      JSON.stringify({ query: '{ me { id } }' }),
      {
        accept: 'text/event-stream',
        authorization: `Bearer ${await fixture.platform.token('worker', 'osmanthus-court')}`,
      },
    );
    expect(listening.status).toBe(200);
    expect(listening.text).toContain('wang');
  });
});
