import { describe, expect, it, jest } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { PluginCalls } from './plugin-calls.ts';
import type { AnnounceReply, AnnounceRequest } from '../wire/subgraph.protocol.ts';

const request = { manifest: { id: 'wishes' }, sdl: {}, replica: 'r-1' } as unknown as AnnounceRequest;

/** The communities service as the announcer meets it; what has no answer is away. */
class Communities {
  readonly heard: AnnounceRequest[] = [];

  constructor(private readonly answers: readonly (AnnounceReply | undefined)[]) {}

  async announce(heard: AnnounceRequest): Promise<AnnounceReply> {
    this.heard.push(heard);
    const answer = this.answers[this.heard.length - 1];
    if (!answer) throw new Error('not yet');
    return answer;
  }
}

const IN_FORCE: AnnounceReply = { state: 'IN_FORCE' };
const waiting: AnnounceReply = { state: 'WAITING', reason: '1.0.0 still runs' };
const refused: AnnounceReply = { state: 'REFUSED', reason: 'Ticket.number clashes with tickets' };

/** Lets the time pass that it would need, on a clock of its own. */
async function announcing(
  answers: readonly (AnnounceReply | undefined)[],
  stopAfterMs = Infinity,
): Promise<{ heard: readonly AnnounceRequest[]; acceptedAfter: number | undefined; reports: string[] }> {
  jest.useFakeTimers();
  try {
    const communities = new Communities(answers);
    const reports: string[] = [];
    const report = (message: string): void => void reports.push(message);
    const announcer = new Announcer(communities as unknown as PluginCalls, request, report);
    let acceptedAfter: number | undefined;
    const begun = Date.now();
    if (stopAfterMs === 0) announcer.stop();
    void announcer.announce().then(() => (acceptedAfter = communities.heard.length));
    while (Date.now() - begun < 60_000) {
      await jest.advanceTimersByTimeAsync(50);
      if (Date.now() - begun >= stopAfterMs) announcer.stop();
    }
    announcer.stop();
    return { heard: communities.heard, acceptedAfter, reports };
  } finally {
    jest.useRealTimers();
  }
}

describe('a service that announces itself', () => {
  it('goes on until the communities service is there, and says no more once it is in force', async () => {
    const { heard, acceptedAfter, reports } = await announcing([undefined, undefined, IN_FORCE]);
    expect({ heard, acceptedAfter, reports }).toEqual({
      heard: [request, request, request],
      acceptedAfter: 3,
      reports: [],
    });
  });

  it('serves while it waits for an older version to leave, and says when it is in force', async () => {
    const { heard, acceptedAfter, reports } = await announcing([waiting, waiting, waiting, IN_FORCE]);
    expect({ asked: heard.length, acceptedAfter, reports }).toEqual({
      asked: 4,
      acceptedAfter: 1,
      reports: ['Waits: 1.0.0 still runs', 'In force now'],
    });
  });

  it('serves nothing while it is refused, says the reason once, and tries again', async () => {
    const { acceptedAfter, reports } = await announcing([refused, refused, undefined, refused, IN_FORCE]);
    expect({ acceptedAfter, reports }).toEqual({
      acceptedAfter: 5,
      reports: ['Refused: Ticket.number clashes with tickets', 'In force now'],
    });
  });

  it('complains when nobody answers for long', async () => {
    const { reports } = await announcing(Array.from({ length: 20 }, () => undefined));
    expect(reports[0]).toBe('Still waiting for the communities service');
  });

  it.each([0, 100])('begins nothing after it was stopped, here after %d ms', async (stopAfterMs) => {
    const { heard, acceptedAfter } = await announcing([undefined, IN_FORCE], stopAfterMs);
    expect({ asked: heard.length, acceptedAfter }).toEqual({
      asked: stopAfterMs === 0 ? 0 : 1,
      acceptedAfter: undefined,
    });
  });

  it('finds the communities service on the bus, whichever of the two was first', async () => {
    const bus = new InProcessBus(() => undefined);
    const announcer = new Announcer(new PluginCalls(bus), request, () => undefined);
    const announced = announcer.announce();
    const heard = new Promise<string>((resolve) => {
      bus.respond('plugin.announce', 'communities', async ({ text }) => {
        resolve(text);
        return JSON.stringify(IN_FORCE);
      });
    });
    await announced;
    expect(JSON.parse(await heard)).toEqual(request);
    await bus.close();
  });
});
