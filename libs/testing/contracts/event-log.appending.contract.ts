import { describe, expect, it } from '@jest/globals';
import { VersionConflict } from '@weinao/events';
import { appendRequest, factOf } from './append.builder.ts';
import type { OpenEventLog } from './event-log.opening.ts';

const DIFFICULT: readonly [string, object][] = [
  ['Chinese, emoji and right-to-left text', { 标题: '电梯停运 🛗', note: 'مصعد\u200f' }],
  ['nested lists and objects', { a: [{ b: [[], {}, [null, [true, { c: '' }]]] }] }],
  ['nothing at all', {}],
  [
    'text that looks like JSON, SQL or an escape',
    { text: '{"a":1}', sql: `'); drop table x; --`, escape: '\\u0000' },
  ],
  ['line breaks, tabs and quotes', { text: 'one\ntwo\r\n\tthree "four" \\ \u2028' }],
  [
    'numbers at their limits',
    { most: Number.MAX_SAFE_INTEGER, least: 5e-324, big: 1.7976931348623157e308, zero: 0 },
  ],
  ['keys in an order of their own', { z: 1, a: 2, '10': 3, '9': 4, m: { y: 1, b: 2 } }],
];

export function appendingContract(opened: () => OpenEventLog): void {
  describe('appending', () => {
    it.each(DIFFICULT)('gives back %s as they were written', async (_name, data) => {
      const { log, another } = opened();
      const request = appendRequest({ events: [factOf('TicketOpened', data)] });
      const [answered] = await log.append(request);
      const [read] = await (await another()).readStream(request.stream);
      expect(JSON.stringify(read?.data)).toBe(JSON.stringify(data));
      expect(JSON.stringify(answered?.data)).toBe(JSON.stringify(data));
    });

    it('answers with what a reader will see, envelope and all', async () => {
      const { log } = opened();
      const event = {
        ...factOf('TicketImported', {}, { causationId: '报修-7', actorId: null }),
        schemaVersion: 3,
      };
      const request = appendRequest({ events: [{ ...event, at: '2019-06-01T10:00:00+08:00' }] });
      const answered = await log.append(request);
      expect(await log.readStream(request.stream)).toEqual(answered);
      expect(await log.read({ after: 0n, limit: 10 })).toEqual(answered);
      expect(answered).toEqual([
        {
          ...event,
          at: '2019-06-01T02:00:00.000Z',
          stream: request.stream,
          revision: 0,
          position: answered[0]?.position,
        },
      ]);
    });

    it('numbers a stream from 0 and the log upwards, in the order of the commits', async () => {
      const { log } = opened();
      const lift = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketAssigned')] });
      const lamp = appendRequest();
      const first = await log.append(lift);
      const second = await log.append(lamp);
      const third = await log.append({ ...appendRequest(), stream: lift.stream, expectedRevision: 1 });
      const all = [...first, ...second, ...third];
      expect(all.map(({ stream, revision }) => [stream, revision])).toEqual([
        [lift.stream, 0],
        [lift.stream, 1],
        [lamp.stream, 0],
        [lift.stream, 2],
      ]);
      const positions = all.map(({ position }) => position);
      expect(positions.every((position, index) => position > (positions[index - 1] ?? 0n))).toBe(true);
      expect(await log.read({ after: 0n, limit: 100 })).toEqual(all);
    });

    it('refuses a decision that was based on an older stream, and stores none of its events', async () => {
      const { log } = opened();
      const opening = appendRequest();
      await log.append(opening);
      const late = appendRequest({
        stream: opening.stream,
        events: [factOf('TicketOpened'), factOf('TicketAssigned'), factOf('TicketStarted')],
      });
      await expect(log.append(late)).rejects.toThrow(VersionConflict);
      expect(await log.readStream(opening.stream)).toHaveLength(1);
      expect(await log.findCommand(late.command.id)).toBeUndefined();
      expect(await log.append({ ...late, expectedRevision: 0 })).toHaveLength(3);
    });

    it('refuses a decision that was based on events which are not there', async () => {
      const { log } = opened();
      const early = appendRequest({ expectedRevision: 0 });
      await expect(log.append(early)).rejects.toThrow(VersionConflict);
      expect(await log.read({ after: 0n, limit: 10 })).toEqual([]);
    });

    it('finishes what is under way before it closes', async () => {
      const { log, another } = opened();
      const requests = Array.from({ length: 30 }, () => appendRequest());
      let answered = 0;
      const appends = Promise.all(requests.map((request) => log.append(request).then(() => answered++)));
      await log.close();
      await new Promise((resolve) => setImmediate(resolve)); // the answers are there; now they are also heard
      expect(answered).toBe(requests.length);
      await appends;
      const stored = await (await another()).read({ after: 0n, limit: 100 });
      expect(stored.map(({ stream }) => stream).sort()).toEqual(requests.map(({ stream }) => stream).sort());
    });
  });
}
