import { describe, expect, it, jest } from '@jest/globals';
import { VersionConflict } from '@weinao/events';
import type { Recorded, StreamRange } from '@weinao/events';
import { appendRequest, factOf } from './append.builder.ts';
import type { OpenEventLog } from './event-log.opening.ts';

export function readingContract(opened: () => OpenEventLog): void {
  describe('reading', () => {
    it('finds an empty log empty', async () => {
      const { log } = opened();
      expect(await log.head()).toBe(0n);
      expect(await log.read({ after: 0n, limit: 10 })).toEqual([]);
      expect(await log.readStream('ticket/sunshine/unknown')).toEqual([]);
    });

    it('reads a stream up to a revision, and no neighbour of it', async () => {
      const { log } = opened();
      const events = [factOf('TicketOpened'), factOf('TicketAssigned'), factOf('TicketResolved')];
      const request = appendRequest({ events });
      await log.append(request);
      await log.append(appendRequest({ stream: `${request.stream}/more` }));
      const types = async (upTo?: number): Promise<string[]> =>
        (await log.readStream(request.stream, { upTo })).map(({ type }) => type);
      expect(await types()).toEqual(['TicketOpened', 'TicketAssigned', 'TicketResolved']);
      expect(await types(1)).toEqual(['TicketOpened', 'TicketAssigned']);
      expect(await types(0)).toEqual(['TicketOpened']);
      expect(await types(-1)).toEqual([]);
      expect(await types(99)).toHaveLength(3);
    });

    it('reads a stream after a revision, and between two', async () => {
      const { log } = opened();
      const events = Array.from({ length: 5 }, () => factOf('TicketNoted'));
      const request = appendRequest({ events });
      const whole = await log.append(request);
      await log.append(appendRequest({ stream: `${request.stream}/more`, events }));
      const read = (range: StreamRange): Promise<Recorded[]> => log.readStream(request.stream, range);
      expect(await read({ after: -1 })).toEqual(whole);
      expect(await read({ after: 1 })).toEqual(whole.slice(2));
      expect(await read({ after: 1, upTo: 3 })).toEqual(whole.slice(2, 4));
      expect(await read({ after: 3, upTo: 3 })).toEqual([]);
      expect(await read({ after: 3, upTo: 1 })).toEqual([]);
      expect(await read({ after: 4 })).toEqual([]);
      expect(await read({ after: 99 })).toEqual([]);
      expect(await log.readStream('ticket/sunshine/unknown', { after: 1 })).toEqual([]);
    });

    it('gives every event once to whoever pages, wherever a page ends', async () => {
      const { log } = opened();
      for (let n = 0; n < 5; n++)
        await log.append(appendRequest({ events: [factOf('A'), factOf('B'), factOf('C')] }));
      const whole = await log.read({ after: 0n, limit: 100 });
      expect(whole).toHaveLength(15);
      for (const limit of [1, 2, 7, 15, 16]) {
        const paged: Recorded[] = [];
        for (;;) {
          const page = await log.read({ after: paged.at(-1)?.position ?? 0n, limit });
          expect(page.length).toBeLessThanOrEqual(limit);
          if (page.length === 0) break;
          paged.push(...page);
        }
        expect(paged).toEqual(whole);
      }
    });

    it('says where the log ends', async () => {
      const { log, another } = opened();
      const answered = await log.append(appendRequest({ events: [factOf('A'), factOf('B')] }));
      const last = answered.at(-1)?.position;
      expect(await log.head()).toBe(last);
      expect(await (await another()).head()).toBe(last);
      expect(await log.read({ after: last ?? 0n, limit: 10 })).toEqual([]);
    });
  });

  describe('the doorbell', () => {
    it('rings after an append, when the events can be read, and not after a refused one', async () => {
      const { log } = opened();
      const heads: Promise<bigint>[] = [];
      log.onAppend(() => void heads.push(log.head()));
      const request = appendRequest();
      await log.append(request);
      expect(heads.length).toBeGreaterThan(0);
      expect(await heads[0]).toBe(await log.head());
      const rings = heads.length;
      const late = { ...appendRequest(), stream: request.stream };
      await expect(log.append(late)).rejects.toThrow(VersionConflict);
      expect(heads).toHaveLength(rings);
      await expect(log.append(request)).rejects.toThrow();
      expect(heads).toHaveLength(rings);
    });

    it('can be rung by hand, and is heard until the listener leaves', () => {
      const { log } = opened();
      let heard = 0;
      const leave = log.onAppend(() => heard++);
      log.ring();
      expect(heard).toBe(1);
      leave();
      log.ring();
      expect(heard).toBe(1);
    });

    it('does not make an append fail when a listener does, and others still hear it', async () => {
      const { log } = opened();
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
      log.onAppend(() => {
        throw new Error('the listener is broken');
      });
      let heard = 0;
      log.onAppend(() => heard++);
      expect(await log.append(appendRequest())).toHaveLength(1);
      expect(heard).toBe(1);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining('the listener is broken'));
      warn.mockRestore();
    });
  });
}
