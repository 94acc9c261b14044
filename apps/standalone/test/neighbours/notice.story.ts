import { describe, expect, it } from '@jest/globals';
import type { LookedInto } from '@weinao/testing';
import type { Person } from '../person.ts';
import { eventually } from './eventually.ts';
import { Neighbourhood, succeed } from './neighbourhood.ts';
import type { World } from './world.ts';

const PUBLISH = `mutation ($input: PublishNoticeInput!) {
  publishNotice(input: $input) { id status publishedAt reach { addressed acknowledged } }
}`;
const PREVIEW = `query ($audience: AudienceInput!) { audienceSize(audience: $audience) }`;
const REACH = `query ($id: ID!) { notice(id: $id) { status reach { addressed acknowledged unacknowledged } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeNotice(id: $id) { reach { acknowledged } } }`;
const MOVE_OUT = `mutation ($id: ID!) { moveResidentOut(id: $id) { id } }`;

const OLD = { minAge: 80 };
const bornIn = (id: string, year: number): Record<string, unknown> => ({
  id,
  name: id,
  birthDate: `${year}-01-01`,
});

const previewOf = async (person: Person, audience: object): Promise<number> =>
  (await succeed(person, PREVIEW, { audience })).audienceSize as number;

export async function publish(person: Person, input: object = {}): Promise<LookedInto> {
  const text = { title: '停水通知', body: '今晚十点至次日六点停水。', audience: {} };
  return (await succeed(person, PUBLISH, { input: { ...text, ...input } })).publishNotice;
}

/** Notices, with residents and without them. */
export function describeNoticeStory(worldOfStory: () => World): void {
  describe('a notice to the old', () => {
    it('reaches who was previewed and nobody else, while others move in and out', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'notice-old', ['residents', 'notices']);
      await here.register(bornIn('zhao', 1941));
      await here.register(bornIn('child', 2015));
      await eventually(async () => expect(await previewOf(here.worker, OLD)).toBe(1));

      const moving = Array.from({ length: 10 }, async (_, index) => {
        await here.register(bornIn(`old-${index}`, 1939));
        if (index % 2 === 0) await succeed(here.admin, MOVE_OUT, { id: `old-${index}` });
      });
      const notices = await Promise.all(
        Array.from({ length: 5 }, () => publish(here.worker, { audience: OLD })),
      );
      await Promise.all(moving);
      for (const { id, reach } of notices) {
        const { unacknowledged, addressed } = (await succeed(here.worker, REACH, { id })).notice.reach;
        expect([addressed, new Set(unacknowledged).size]).toEqual([reach.addressed, addressed]);
        expect(unacknowledged).toContain('zhao');
      }

      await eventually(async () => expect(await previewOf(here.worker, OLD)).toBe(6));
      const { id, reach } = await publish(here.worker, { audience: OLD });
      expect(reach).toEqual({ addressed: 6, acknowledged: 0 });
      expect((await (await here.person('child')).ask(ACKNOWLEDGE, { id })).codes).toEqual([
        'NOTICE_NOT_ADDRESSED',
      ]);
      const { acknowledgeNotice } = await succeed(await here.person('zhao'), ACKNOWLEDGE, { id });
      expect(acknowledgeNotice.reach).toEqual({ acknowledged: 1 });
    });

    it('is a notice to everybody where residents is off', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'notice-all', ['notices']);
      const { id, status } = await publish(here.worker, { audience: OLD });
      expect(status).toBe('PUBLISHED');
      const { acknowledgeNotice } = await succeed(await here.person('lin'), ACKNOWLEDGE, { id });
      expect(acknowledgeNotice.reach).toEqual({ acknowledged: 1 });
    });

    it('is published when its time has come, though everything was killed before, and is over when it was to be', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'notice-later', ['notices']);
      const { publishedAt } = await publish(here.worker);
      const inHours = (hours: number): string =>
        new Date(Date.parse(publishedAt as string) + hours * 3_600_000).toISOString();
      const times = { publishAt: inHours(2), expiresAt: inHours(5) };
      const { id, status } = await publish(here.worker, times);
      expect(status).toBe('SCHEDULED');
      await world.crash();
      for (const becomes of ['PUBLISHED', 'EXPIRED']) {
        await world.advance('PT3H');
        await eventually(async () =>
          expect((await succeed(here.worker, REACH, { id })).notice.status).toBe(becomes),
        );
      }
    });
  });
}
