import { describe, expect, it } from '@jest/globals';
import { MOST_APPEND_BYTES, MOST_EVENT_BYTES, MOST_NAME_BYTES, UnstorableEvent } from '@weinao/events';
import type { AppendRequest, EventLog, NewEvent } from '@weinao/events';
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
  [
    'something that will not be written',
    {
      toJSON: () => {
        throw new Error('not me');
      },
    },
  ],
  ['lists in lists without end', nested(100_000)],
];

/** Requests whose envelope no log could give back unchanged. */
const POISONED_ENVELOPES: readonly [string, (request: AppendRequest) => AppendRequest][] = [
  ['a stream with a NUL', (request) => ({ ...request, stream: `${request.stream}\u0000` })],
  ['a stream with half a surrogate pair', (request) => ({ ...request, stream: `${request.stream}\ud83d` })],
  ['a stream without a name', (request) => ({ ...request, stream: '' })],
  ['a stream with too long a name', (request) => ({ ...request, stream: '灯'.repeat(MOST_NAME_BYTES / 2) })],
  ['a community with a NUL', (request) => ({ ...request, communityId: 'sun\u0000shine' })],
  [
    'a command id that is no UUID',
    (request) => ({ ...request, command: { ...request.command, id: 'lamp' } }),
  ],
  [
    'a fingerprint with a NUL',
    (request) => ({ ...request, command: { ...request.command, fingerprint: '\u0000' } }),
  ],
  ['an event type with a NUL', ofEvents({ type: 'Ticket\u0000Opened' })],
  ['an event type with half a surrogate pair', ofEvents({ type: 'Ticket\udca1' })],
  ['an event id that is no UUID', ofEvents({ id: 'lamp' })],
  ['version 0 of a shape', ofEvents({ schemaVersion: 0 })],
  ['half a version of a shape', ofEvents({ schemaVersion: 1.5 })],
  ['a version that no column holds', ofEvents({ schemaVersion: 40_000 })],
  ['metadata with a NUL', ofEvents({ metadata: { ...factOf('').metadata, actorId: 'worker\u0000' } })],
  [
    'metadata with half a surrogate pair',
    ofEvents({ metadata: { ...factOf('').metadata, actorId: '\ud83d' } }),
  ],
  ['a revision that no column holds', (request) => ({ ...request, expectedRevision: 2_147_483_647 })],
  ['half a revision', (request) => ({ ...request, expectedRevision: 0.5 })],
  ['a revision before the first', (request) => ({ ...request, expectedRevision: -2 })],
  [
    'more bytes than one append may have',
    (request) => {
      const text = 'x'.repeat(MOST_EVENT_BYTES / 2);
      const events = Array.from({ length: (2 * MOST_APPEND_BYTES) / MOST_EVENT_BYTES }, () =>
        factOf('TicketNoted', { text }),
      );
      return { ...request, events };
    },
  ],
];

function ofEvents(change: Partial<NewEvent>): (request: AppendRequest) => AppendRequest {
  return (request) => ({ ...request, events: request.events.map((event) => ({ ...event, ...change })) });
}

function nested(levels: number): object {
  let list: object = [];
  for (let level = 0; level < levels; level++) list = [list];
  return list;
}

export function poisonContract(opened: () => OpenEventLog): void {
  describe('an event that cannot be stored', () => {
    it.each(POISON)('fails its own command only: %s', async (_name, data) => {
      const bad = appendRequest({ events: [factOf('TicketOpened'), factOf('TicketNoted', data)] });
      const { log } = opened();
      await failsAlone(log, bad);
      expect(await log.readStream(bad.stream)).toEqual([]);
      expect(await log.findCommand(bad.command.id)).toBeUndefined();
    });

    it.each(POISONED_ENVELOPES)('fails its own command only: %s', async (_name, poison) => {
      await failsAlone(opened().log, poison(appendRequest()));
    });

    it.each([
      'yesterday',
      'infinity',
      '',
      '2026-13-01T00:00:00.000Z',
      '+012026-01-01T00:00:00.000Z',
      '0000-06-01',
    ])('happened at "%s"', async (at) => {
      const { log } = opened();
      const bad = appendRequest({ events: [{ ...factOf('TicketOpened'), at }] });
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

async function failsAlone(log: EventLog, bad: AppendRequest): Promise<void> {
  const good = Array.from({ length: 50 }, () => appendRequest());
  const appends = [...good.slice(0, 25), bad, ...good.slice(25)].map((request) => log.append(request));
  const results = await Promise.allSettled(appends);
  expect(results[25]).toMatchObject({ status: 'rejected', reason: expect.any(UnstorableEvent) });
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  const stored = await log.read({ after: 0n, limit: 100 });
  expect(stored.map(({ stream }) => stream).sort()).toEqual(good.map(({ stream }) => stream).sort());
}
