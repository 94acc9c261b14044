import { describe, expect, it } from '@jest/globals';
import type { LookedInto } from '@weinao/testing';
import { Person } from '../person.ts';
import { eventually } from './eventually.ts';
import { Neighbourhood, succeed } from './neighbourhood.ts';
import { Screen } from './screen.ts';
import type { World } from './world.ts';

const PUBLISH = `mutation ($input: PublishNoticeInput!) {
  publishNotice(input: $input) { id status expiresAt reach { addressed acknowledged } }
}`;
const WITHDRAW = `mutation ($id: ID!) { withdrawNotice(id: $id, reason: "已恢复供水") { status } }`;
const PREVIEW = `query ($audience: AudienceInput!) { audienceSize(audience: $audience) }`;
const REACH = `query ($id: ID!) { notice(id: $id) { status reach { addressed acknowledged unacknowledged } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeNotice(id: $id) { reach { acknowledged } } }`;
const MOVE_OUT = `mutation ($id: ID!) { moveResidentOut(id: $id) { id } }`;
const SCREEN = `mutation ($id: ID!, $building: String) {
  registerScreen(input: { id: $id, name: $id, building: $building }) { token }
}`;

const OLD = { minAge: 80 };
const water = { title: '停水通知', body: '今晚十点至次日六点停水。' };
/** More than one page of connections, and few enough for a test; 2,000 are measured by hand. */
const SCREENS = 200;

const previewOf = async (person: Person, audience: object): Promise<number> =>
  (await succeed(person, PREVIEW, { audience })).audienceSize as number;
const publish = async (person: Person, input: object): Promise<LookedInto> =>
  (await succeed(person, PUBLISH, { input: { ...water, audience: {}, ...input } })).publishNotice;

/** Notices, with residents and without them. */
export function describeNoticeStory(worldOfStory: () => World): void {
  describe('a notice to the old', () => {
    it('reaches who was previewed and nobody else, while others move in and out', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'notice-old', ['residents', 'notices']);
      const [zhao, child] = await Promise.all([
        here.resident('zhao', { birthDate: '1941-03-05' }),
        here.resident('child', { birthDate: '2015-06-01' }),
      ]);
      await eventually(async () => expect(await previewOf(here.worker, OLD)).toBe(1));

      const moving = Array.from({ length: 20 }, async (_, index) => {
        await here.resident(`old-${index}`, { birthDate: '1939-01-01' });
        if (index % 2 === 0) await succeed(here.admin, MOVE_OUT, { id: `old-${index}` });
      });
      const notices = await Promise.all(
        Array.from({ length: 10 }, () => publish(here.worker, { audience: OLD })),
      );
      await Promise.all(moving);
      for (const { id, reach } of notices) {
        const { unacknowledged, addressed } = (await succeed(here.worker, REACH, { id })).notice.reach;
        expect(addressed).toBe(reach.addressed);
        expect(new Set(unacknowledged).size).toBe(addressed);
        expect(unacknowledged).toContain('zhao');
      }

      await eventually(async () => expect(await previewOf(here.worker, OLD)).toBe(11));
      const { id, reach } = await publish(here.worker, { audience: OLD });
      expect(reach).toEqual({ addressed: 11, acknowledged: 0 });
      expect((await child.ask(ACKNOWLEDGE, { id })).codes).toEqual(['NOTICE_NOT_ADDRESSED']);
      expect((await succeed(zhao, ACKNOWLEDGE, { id })).acknowledgeNotice.reach).toEqual({ acknowledged: 1 });
    });

    it('is a notice to everybody where residents is off', async () => {
      const here = await Neighbourhood.found(worldOfStory(), 'notice-all', ['notices']);
      const { id, status } = await publish(here.worker, {});
      expect(status).toBe('PUBLISHED');
      const anybody = await Person.of(
        worldOfStory().url,
        worldOfStory().directory,
        here.id,
        'lin',
        'resident',
      );
      expect((await succeed(anybody, ACKNOWLEDGE, { id })).acknowledgeNotice.reach).toEqual({
        acknowledged: 1,
      });
    });

    it('is published when its time has come, and expires when it is over', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'notice-later', ['notices']);
      const { publishedAt } = (
        await succeed(
          here.worker,
          'mutation { publishNotice(input: { title: "a", body: "b", audience: {} }) { publishedAt } }',
        )
      ).publishNotice;
      const inHours = (hours: number): string =>
        new Date(Date.parse(publishedAt as string) + hours * 3_600_000).toISOString();
      const { id, status } = await publish(here.worker, { publishAt: inHours(2), expiresAt: inHours(5) });
      expect(status).toBe('SCHEDULED');
      for (const becomes of ['PUBLISHED', 'EXPIRED']) {
        await world.advance('PT3H');
        await eventually(async () =>
          expect((await succeed(here.worker, REACH, { id })).notice.status).toBe(becomes),
        );
      }
    });
  });

  describe('the screens of a community', () => {
    it('all show a notice, an urgent one alone until it is over, and one that was away what is valid', async () => {
      const world = worldOfStory();
      const here = await Neighbourhood.found(world, 'screens', ['notices']);
      const screens = await Promise.all(
        Array.from({ length: SCREENS }, async (_, index) => {
          const { token } = (await succeed(here.admin, SCREEN, { id: `s-${index}` })).registerScreen;
          return Screen.of(here.address, `s-${index}`, token as string).listen();
        }),
      );
      const [first] = screens as [Screen];
      const everyScreen = async (expectation: (screen: Screen) => void): Promise<void> =>
        eventually(async () => screens.forEach(expectation));

      const calm = await publish(here.worker, {});
      const gone = await publish(here.worker, { title: '电梯检修' });
      await everyScreen(({ heard }) =>
        expect(heard).toMatchObject([
          { event: 'notice', data: { id: calm.id, title: '停水通知' } },
          { event: 'notice', data: { id: gone.id } },
        ]),
      );
      first.close();
      const urgent = await publish(here.worker, { urgent: true, expiresAt: await inAnHour(here) });
      await succeed(here.worker, WITHDRAW, { id: gone.id });
      const [, second] = screens as [Screen, Screen];
      await eventually(async () =>
        expect(second.heard.slice(2)).toMatchObject([
          { event: 'takeover', data: { id: urgent.id } },
          { event: 'withdraw', data: { id: gone.id } },
        ]),
      );
      expect(await second.playlist()).toMatchObject({
        takeover: { id: urgent.id },
        notices: [{ id: calm.id }],
      });

      const { token } = (await succeed(here.admin, SCREEN, { id: 'late' })).registerScreen;
      const late = await Screen.of(here.address, 'late', token as string).listen();
      await eventually(async () =>
        expect(late.heard).toMatchObject([
          { event: 'notice', data: { id: calm.id } },
          { event: 'takeover', data: { id: urgent.id } },
        ]),
      );
      await world.advance('PT1H');
      await eventually(async () => {
        expect(late.heard.at(-1)).toMatchObject({ event: 'release', data: { id: urgent.id } });
        expect(second.heard.at(-1)).toMatchObject({ event: 'release', data: { id: urgent.id } });
      });
      [...screens, late].forEach((screen) => screen.close());
    });
  });
}

async function inAnHour(here: Neighbourhood): Promise<string> {
  const { publishNotice } = await succeed(
    here.worker,
    'mutation { publishNotice(input: { title: "a", body: "b", audience: {}, onScreens: false }) { publishedAt } }',
  );
  return new Date(Date.parse(publishNotice.publishedAt as string) + 3_600_000).toISOString();
}
