import { rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { liftNoticePublished as lift } from './notices/domain/notice.upcasters.ts';
import type { NoticePublishedV1 } from './notices/domain/notice.upcasters.ts';
import { NoticesCopy } from './notices.copy.ts';

const EVENTS = 'domain/notice.events.ts';
const V1 = 'NoticePublished.v1.json';
const V2 = 'NoticePublished.v2.json';
const WITHDRAWN = 'NoticeWithdrawn.v1.json';

let notices: NoticesCopy;

beforeEach(async () => {
  notices = await NoticesCopy.make();
});

afterEach(() => notices.remove());

describe('golden event files', () => {
  it('are there for each shape that was ever written, and can be read', async () => {
    expect(await notices.look()).toEqual({ missing: [], problems: [] });
    expect(await notices.problemsOfReading()).toEqual([]);
  });

  it('are written for a new event, whoever publishes it, and then never again', async () => {
    await notices.edit(EVENTS, 'export type NoticeEvent =', `export type NoticeEvent = ${seen}`);
    expect(await notices.write()).toEqual(['NoticeSeen.v1.json']);
    expect(JSON.parse(await notices.text('contract/golden/NoticeSeen.v1.json'))).toEqual({
      type: 'NoticeSeen',
      schemaVersion: 1,
      shape: {
        type: 'object',
        properties: {
          residentId: { type: 'string', description: 'Who saw it.' },
          at: { type: 'string' },
          on: { type: 'string', enum: ['PHONE', 'SCREEN'] },
        },
        required: ['residentId', 'at'],
      },
      examples: [
        { residentId: 'resident-1', at: '2026-03-02T08:00:00.000Z' },
        { residentId: 'resident-1', at: '2026-03-02T08:00:00.000Z', on: 'PHONE' },
        { residentId: 'resident-1', at: '2026-03-02T08:00:00.000Z', on: 'SCREEN' },
      ],
    });
    expect(await notices.look()).toEqual({ missing: [], problems: [] });
    const taken = expect.stringMatching(/^NoticeSeen of version 1, .*Cannot read properties of undefined/);
    expect(await notices.problemsOfReading()).toContainEqual(taken); // the projection takes it for another
  });

  it('are written for a new version, and the older ones stay as they are', async () => {
    const before = await notices.text(`contract/golden/${V2}`);
    await notices.edit(EVENTS, "'HIGH'", "'HIGH' | 'ALARM'");
    notices.upcasters = { NoticePublished: [lift, (data: object) => data] };
    expect(await notices.write()).toEqual(['NoticePublished.v3.json']);
    expect(await notices.text(`contract/golden/${V2}`)).toBe(before);
    expect(await notices.look()).toEqual({ missing: [], problems: [] });
    expect(await notices.problemsOfReading()).toEqual([]);
  });

  it('refuse a shape that changed without a new version', async () => {
    const before = await notices.text(`contract/golden/${V2}`);
    await notices.edit(EVENTS, 'readonly buildings: readonly string[];', '');
    expect(await notices.write()).toEqual([]);
    expect(await notices.text(`contract/golden/${V2}`)).toBe(before);
    expect((await notices.look()).problems).toEqual([
      `${notices.golden(V2)} says another shape of NoticePublished than its type in domain/. ` +
        'What is stored keeps its shape: add an upcaster from 2 and run `npm run contracts`.',
    ]);
  });

  it('do not mind what a type is called, and what is said about it', async () => {
    await notices.edit(EVENTS, 'Audience', 'Readers');
    await notices.edit(EVENTS, 'readonly title: string', '/** In one line. */ readonly title: string');
    expect(await notices.look()).toEqual({ missing: [], problems: [] });
  });

  it('are missed: the newest can be written again, an older one cannot', async () => {
    await rm(notices.golden(WITHDRAWN));
    expect(await notices.look()).toMatchObject({
      missing: [{ path: notices.golden(WITHDRAWN) }],
      problems: [],
    });
    await rm(notices.golden(V1));
    expect((await notices.look()).problems).toEqual([
      `${notices.golden(V1)} is missing, but upcasters lift NoticePublished to version 2. ` +
        'Take it back from the history of the repository: what was stored must stay readable.',
    ]);
  });

  it('are missed where versions have a gap', async () => {
    await rename(notices.golden(V2), notices.golden('NoticePublished.v3.json'));
    notices.upcasters = { NoticePublished: [lift, (data: object) => data] };
    expect((await notices.look()).problems).toEqual([expect.stringContaining(`${V2} is missing`)]);
  });

  it('are missed when nothing returns their event any more', async () => {
    await notices.edit(EVENTS, "'NoticePublished'", "'NoticeAnnounced'");
    await rm(notices.golden(V2));
    const { missing, problems } = await notices.look();
    expect(missing.map(({ path }) => path)).toEqual([notices.golden('NoticeAnnounced.v1.json')]);
    expect(problems).toEqual([
      `${notices.golden(V2)} is missing, and no decider returns NoticePublished any more. ` +
        'Take it back from the history of the repository: what was stored must stay readable.',
    ]);
  });

  it('tell of an upcaster that is missing', async () => {
    notices.upcasters = {};
    expect((await notices.look()).problems).toEqual([
      `${notices.golden(V2)} is newer than the upcasters of NoticePublished, which end at version 1. ` +
        'Put back the upcaster from 1.',
      expect.stringContaining(`${V1} says another shape`),
    ]);
    expect(await notices.problemsOfReading()).toContainEqual(
      expect.stringContaining('NoticePublished at position 1 has version 2; this program knows up to 1'),
    );
  });

  it('have no other files beside them', async () => {
    await writeFile(notices.golden('NoticePublished.v02.json'), '{}');
    expect((await notices.look()).problems).toEqual([expect.stringContaining('v02.json is no golden file')]);
  });
});

describe('reading golden event files', () => {
  it.each<[string, (data: never) => object, string]>([
    [
      'forgets a field',
      ({ title, urgent }: { title: string; urgent: boolean }) => ({
        title,
        urgency: urgent ? 'HIGH' : 'LOW',
      }),
      "lifted to version 2, data must have required property 'audience'",
    ],
    [
      'leaves a field that is no more',
      (data: NoticePublishedV1) => ({ ...lift(data), building: data.building }),
      'data must NOT have additional properties (building)',
    ],
    [
      'gives what is no member',
      (data: NoticePublishedV1) => ({ ...lift(data), urgency: 'URGENT' }),
      'data/urgency must be equal to one of the allowed values',
    ],
    [
      'throws on old data',
      (data: { building?: { name: string } }) => ({ building: data.building!.name.trim() }),
      'NoticePublished at position 1 cannot be lifted from version 1 to 2: Cannot read properties',
    ],
    [
      'changes what it was given',
      (data: object) => Object.assign(data, { urgency: 'LOW' }),
      'cannot be lifted from version 1 to 2: Cannot add property urgency',
    ],
  ])('tells of an upcaster that %s', async (_name, step, message) => {
    notices.upcasters = { NoticePublished: [step] };
    const problems = await notices.problemsOfReading();
    expect(problems).toHaveLength(3);
    for (const problem of problems) {
      expect(problem).toMatch(/^NoticePublished of version 1, {.*}: /);
      expect(problem).toContain(message);
    }
  });

  it('tells of a decider that cannot evolve from an event', async () => {
    await notices.edit(
      'domain/notice.decider.ts',
      'event.data.audience.buildings }',
      'event.data.expiresAt!.split("T") }',
    );
    expect(await notices.problemsOfReading()).toContainEqual(
      expect.stringMatching(/^NoticePublished of version 1, .*Cannot read properties of undefined/),
    );
  });

  it('tells of a projection that cannot fold an event, or only after another', async () => {
    const [projection] = notices.projections;
    let folded = 0;
    const failing = (when: () => boolean) => ({
      ...projection!,
      fold: () => {
        if (when()) throw new Error('cannot fold it');
      },
    });
    notices.projections = [failing(() => true)];
    expect(await notices.problemsOfReading()).toHaveLength(11);
    const alone = 10;
    notices.projections = [failing(() => ++folded > alone + 1)];
    expect(await notices.problemsOfReading()).toEqual(['All of them one after the other: cannot fold it']);
  });

  it('tells of a file that somebody changed by hand', async () => {
    await notices.edit(`contract/golden/${WITHDRAWN}`, '"reason": null', '"reason": 7');
    expect(await notices.problemsOfReading()).toEqual([
      'NoticeWithdrawn of version 1, {"reason":7}: it does not fit its own shape: data/reason must be string,null',
    ]);
  });

  it('goes on for an event that no decider returns any more', async () => {
    await notices.edit(EVENTS, "'NoticePublished'", "'NoticeAnnounced'");
    await notices.write();
    expect(await notices.look()).toEqual({ missing: [], problems: [] });
    notices.upcasters = { NoticePublished: [(data: object) => data] };
    expect(await notices.problemsOfReading()).toContainEqual(
      expect.stringMatching(/^NoticePublished of version 1, .*required property 'audience'/),
    );
  });
});

const seen = `| {
  readonly type: 'NoticeSeen';
  readonly data: {
    /** Who saw it. */
    readonly residentId: string;
    readonly at: string;
    readonly on?: 'PHONE' | 'SCREEN';
  };
}`;
