import { describe, expect, it } from '@jest/globals';
import { MOST_EVENT_BYTES, UnstorableEvent } from '@weinao/events';
import { appendRequest, factOf } from './append.builder.ts';
import type { OpenEventLog } from './event-log.opening.ts';

const cycle: { again?: object } = {};
cycle.again = cycle;

/** Each cannot be stored and given back unchanged. */
const POISON: readonly [string, object][] = [
  ['a NUL in a text', { title: 'lamp\u0000' }],
  ['a NUL in a key', { ['lamp\u0000']: true }],
  ['half a surrogate pair', { title: 'lamp \ud83d' }],
  ['the other half of one, deep inside', { photos: [{ caption: '\udca1 lamp' }] }],
  ['more bytes than an event may have', { title: 'x'.repeat(MOST_EVENT_BYTES) }],
  ['few characters but too many bytes', { title: '灯'.repeat(MOST_EVENT_BYTES / 2) }],
  ['a number that JSON has no word for', { position: 7n }],
  ['a circle', cycle],
  ['nothing that JSON could write', { toJSON: () => undefined }],
];

export function poisonContract(opened: () => OpenEventLog): void {
  describe('an event that cannot be stored', () => {
    it.each(POISON)('fails its own command only: %s', async (_name, data) => {
      const { log } = opened();
      const good = Array.from({ length: 50 }, () => appendRequest());
      const bad = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketNoted', data)] });
      const appends = [...good.slice(0, 25), bad, ...good.slice(25)].map((request) => log.append(request));
      const results = await Promise.allSettled(appends);
      expect(results[25]).toMatchObject({ status: 'rejected', reason: expect.any(UnstorableEvent) });
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
      expect(await log.readStream(bad.stream)).toEqual([]);
      expect(await log.findCommand(bad.command.id)).toBeUndefined();
      const stored = await log.read({ after: 0n, limit: 100 });
      expect(stored.map(({ stream }) => stream).sort()).toEqual(good.map(({ stream }) => stream).sort());
    });

    it.each(['yesterday', 'infinity', '', '2026-13-01T00:00:00.000Z'])('happened at "%s"', async (at) => {
      const { log } = opened();
      const bad = appendRequest({ events: [{ ...factOf('TicketOpened'), at }] });
      await expect(log.append(bad)).rejects.toThrow(UnstorableEvent);
      expect(await log.read({ after: 0n, limit: 10 })).toEqual([]);
    });

    it('has metadata that no text can hold', async () => {
      const { log } = opened();
      const bad = appendRequest({ events: [factOf('TicketOpened', {}, { actorId: 'worker\u0000' })] });
      await expect(log.append(bad)).rejects.toThrow(UnstorableEvent);
      expect(await log.read({ after: 0n, limit: 10 })).toEqual([]);
    });

    it('is not the one that just fits', async () => {
      const { log } = opened();
      const empty = factOf('TicketNoted', { text: '' });
      const room =
        MOST_EVENT_BYTES - Buffer.byteLength(JSON.stringify(empty.data) + JSON.stringify(empty.metadata));
      const request = appendRequest({ events: [{ ...empty, data: { text: 'x'.repeat(room) } }] });
      await log.append(request);
      const [stored] = await log.readStream(request.stream);
      expect((stored?.data as { text: string }).text).toHaveLength(room);
      const more = appendRequest({ events: [{ ...empty, data: { text: 'x'.repeat(room + 1) } }] });
      await expect(log.append(more)).rejects.toThrow(UnstorableEvent);
    });
  });
}
