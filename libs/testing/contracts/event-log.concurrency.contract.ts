import { describe, expect, it } from '@jest/globals';
import { VersionConflict } from '@weinao/events';
import type { EventLog, Recorded } from '@weinao/events';
import { appendRequest, factOf, seenWhile } from './append.builder.ts';
import type { OpenEventLog } from './event-log.opening.ts';

const STREAMS = 100;
const APPENDS = 300;

/** As a command handler does it: on a conflict, load and try again. */
async function appendSooner(log: EventLog, stream: string, type: string): Promise<Recorded[]> {
  const request = appendRequest({ stream, events: [factOf(type), factOf(type)] });
  for (;;) {
    const expectedRevision = (await log.readStream(stream)).length - 1;
    try {
      return await log.append({ ...request, expectedRevision });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}

export function concurrencyContract(opened: () => OpenEventLog): void {
  describe('many appenders at once', () => {
    it('loses nothing, stores nothing twice, and shows no reader a hole that is filled later', async () => {
      const { log, another } = opened();
      const appenders = [log, await another()];
      const reader = await another();
      const appends = Promise.all(
        Array.from({ length: APPENDS }, (_, n) =>
          appendSooner(appenders[n % 2]!, `ticket/sunshine/${n % STREAMS}`, `Change${n}`),
        ),
      );
      const seen = await seenWhile(reader, appends);
      const answered = (await appends).flat();

      const byPosition = (a: Recorded, b: Recorded): number => (a.position < b.position ? -1 : 1);
      expect(answered).toHaveLength(APPENDS * 2);
      expect(new Set(answered.map(({ position }) => position)).size).toBe(APPENDS * 2);
      expect(seen).toEqual([...answered].sort(byPosition));

      for (let n = 0; n < STREAMS; n++) {
        const stream = await log.readStream(`ticket/sunshine/${n}`);
        expect(stream.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
        expect([0, 2, 4].map((first) => stream[first]?.type)).toEqual(
          [1, 3, 5].map((second) => stream[second]?.type), // the events of one append stand side by side
        );
        expect([...stream].sort(byPosition)).toEqual(stream);
      }
    });

    it('lets exactly one of twenty win that decided on the same revision', async () => {
      const { log, another } = opened();
      const appenders = [log, await another()];
      const opening = appendRequest();
      await log.append(opening);
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          appenders[n % 2]!.append({ ...appendRequest(), stream: opening.stream, expectedRevision: 0 }),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const reasons = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason as unknown] : [],
      );
      expect(reasons.every((reason) => reason instanceof VersionConflict)).toBe(true);
      expect(await log.readStream(opening.stream)).toHaveLength(2);
    });
  });
}
