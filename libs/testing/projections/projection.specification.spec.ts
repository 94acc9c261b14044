import { describe, expect, it } from '@jest/globals';
import { rowKey } from '@weinao/events';
import type { Projection } from '@weinao/events';
import { projection } from './projection.specification.ts';
import { recorded, recordedInOrder } from './recorded.builder.ts';

type NoticeEvent =
  | { type: 'NoticePublished'; data: { title: string } }
  | { type: 'NoticeRead'; data: object }
  | { type: 'NoticeWithdrawn'; data: object };

class NoticeRow {
  stream: string;
  title: string;
  reads: number;
  note?: string | undefined;
}

class StrayRow {
  id: string;
}

const tables = [{ type: NoticeRow, table: 'notice', key: ['stream'] }];

/** A list that is right, with the change that a test is about. */
const list = (change: Partial<Projection<NoticeEvent>> = {}): Projection<NoticeEvent> => ({
  name: 'notices',
  version: 1,
  tables,
  touches: ({ stream }) => [rowKey(NoticeRow, { stream })],
  fold(event, rows) {
    const { stream } = event;
    const row = rows.get(NoticeRow, { stream });
    if (event.type === 'NoticePublished') rows.put(NoticeRow, { stream, title: event.data.title, reads: 0 });
    else if (event.type === 'NoticeWithdrawn') rows.remove(NoticeRow, { stream });
    else if (row) rows.put(NoticeRow, { ...row, reads: row.reads + 1 });
  },
  ...change,
});

const stream = 'notice/sunshine/water';
const water = recorded<NoticeEvent>({ type: 'NoticePublished', data: { title: '停水' } }, { stream });
const power = recorded<NoticeEvent>(
  { type: 'NoticePublished', data: { title: '停电' } },
  { stream: 'notice/sunshine/power' },
);
const read = recorded<NoticeEvent>({ type: 'NoticeRead', data: {} }, { stream });

describe('the specification of a projection', () => {
  it('holds where the rows are right, in whatever order', () => {
    const given = projection(list()).given(water, power, read, read);
    given.then(NoticeRow, [
      { stream: power.stream, title: '停电', reads: 0 },
      { stream, title: '停水', reads: 2 },
    ]);
    projection(list())
      .given(water, recorded<NoticeEvent>({ type: 'NoticeWithdrawn', data: {} }, { stream }))
      .then(NoticeRow, []);
  });

  it.each([
    ['other rows', [{ stream, title: '停水', reads: 1 }]],
    ['a row too few', []],
  ])('fails on %s', (_name, rows) => {
    expect(() => projection(list()).given(water).then(NoticeRow, rows)).toThrow('toEqual');
  });

  it.each<[string, Partial<Projection<NoticeEvent>>, string]>([
    ['looks at a row that it does not name', { touches: () => [] }, 'touches() does not name it'],
    [
      'names a class that is no table',
      { touches: () => [rowKey(StrayRow, { id: '1' })] },
      'no table of notices',
    ],
    ['names half a key', { touches: () => [rowKey(NoticeRow, {})] }, 'without its key stream'],
    [
      'changes a row without putting it back',
      {
        fold(_event, rows) {
          const row = rows.get(NoticeRow, { stream });
          if (row) row.reads++;
          else rows.put(NoticeRow, { stream, title: '停水', reads: 0 });
        },
      },
      'folded event by event',
    ],
    [
      'remembers something outside its rows',
      (() => {
        let count = 0;
        return { fold: (_event, rows) => rows.put(NoticeRow, { stream, title: '停水', reads: count++ }) };
      })(),
      'folded event by event',
    ],
    [
      'takes a missing property for undefined, which a database gives back as null',
      {
        fold(_event, rows) {
          const row = rows.get(NoticeRow, { stream });
          rows.put(NoticeRow, {
            stream,
            title: '停水',
            reads: row && row.note === undefined ? 1 : 0,
            note: undefined,
          });
        },
      },
      'folded event by event',
    ],
    [
      'leaves a property out that the row had',
      {
        fold: ({ type }, rows) =>
          rows.put(NoticeRow, {
            stream,
            title: '停水',
            ...(type === 'NoticeRead' ? {} : { reads: 0 }),
          } as NoticeRow),
      },
      'leaves out reads',
    ],
    ['changes its event', { fold: ({ data }) => void Object.assign(data, { seen: true }) }, 'not extensible'],
  ])('fails when the projection %s', (_name, change, message) => {
    expect(() => projection(list(change)).given(water, read)).toThrow(message);
  });
});

describe('recorded events', () => {
  it('have all that a log would give them, the same each time', () => {
    const opened = { type: 'TicketOpened', data: { title: '灯' } } as const;
    expect(recorded(opened)).toEqual(recorded(opened));
    expect(
      recorded(opened, { communityId: 'riverside', position: 7, revision: 2, actorId: null }),
    ).toMatchObject({
      ...opened,
      stream: 'thing/riverside/1',
      position: 7n,
      revision: 2,
      schemaVersion: 1,
      metadata: { communityId: 'riverside', actorId: null },
    });
  });

  it('stand one after the other, in the log and in their streams', () => {
    const plain: NoticeEvent = { type: 'NoticeRead', data: {} };
    const far = recorded(plain, { stream, position: 40, revision: 9 });
    const places = recordedInOrder<NoticeEvent>([plain, water, plain, read, far, read]);
    expect(places.map((event) => [event.stream, event.revision, event.position])).toEqual([
      ['thing/sunshine/1', 0, 1n],
      [stream, 0, 2n],
      ['thing/sunshine/1', 1, 3n],
      [stream, 1, 4n],
      [stream, 9, 40n],
      [stream, 10, 41n],
    ]);
    expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
  });
});
