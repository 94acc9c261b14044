import { describe, expect, it } from '@jest/globals';
import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import { anActor, decider, FIXED_NOW } from './decider.specification.ts';

type NoticeEvent = {
  type: 'NoticePublished';
  data: { title: string; at?: string; by?: string; days?: number };
};
interface NoticeState {
  readonly titles: string[];
  readonly screens: Map<string, number>;
}
type PublishNotice = { type: 'PublishNotice'; title: string; tags?: string[] };
type NoticeDecider = Decider<NoticeState, PublishNotice, NoticeEvent, { days: number }>;

const published: NoticeEvent = { type: 'NoticePublished', data: { title: '停水通知' } };
const publish: PublishNotice = { type: 'PublishNotice', title: '停水通知', tags: ['water'] };

/** A notice board that is right, with the change that a test is about. */
const board = (change: Partial<NoticeDecider> = {}): NoticeDecider => ({
  category: 'notice',
  initial: { titles: [], screens: new Map([['lift-1', 0]]) },
  decide: ({ title }, { titles }) => {
    if (titles.includes(title)) reject('NOTICE_ALREADY_PUBLISHED', 'It hangs there already.', { title });
    return [{ type: 'NoticePublished', data: { title } }];
  },
  evolve: (state, { type, data }) =>
    type === 'NoticePublished' ? { ...state, titles: [...state.titles, data.title] } : state,
  ...change,
});

describe('the specification of a decider', () => {
  it('holds where the decider does what it should', () => {
    decider(board()).given().when(publish).then(published);
    decider(board())
      .given(published)
      .when(publish)
      .thenRejects('NOTICE_ALREADY_PUBLISHED', { title: '停水通知' });
    decider(board({ decide: () => [] }))
      .given()
      .when(publish)
      .thenNothing();
  });

  it.each([
    [
      'another event',
      () =>
        decider(board())
          .given()
          .when({ ...publish, title: '停电' })
          .then(published),
      '停电',
    ],
    ['one event too few', () => decider(board()).given().when(publish).then(published, published), 'toEqual'],
    [
      'events where there should be none',
      () => decider(board()).given().when(publish).thenNothing(),
      'toEqual',
    ],
    [
      'no rejection',
      () => decider(board()).given().when(publish).thenRejects('ANY'),
      'should be rejected with ANY',
    ],
    [
      'another rejection',
      () => decider(board()).given(published).when(publish).thenRejects('FORBIDDEN'),
      'NOTICE_ALREADY_PUBLISHED',
    ],
    [
      'other details',
      () =>
        decider(board())
          .given(published)
          .when(publish)
          .thenRejects('NOTICE_ALREADY_PUBLISHED', { title: '' }),
      '停水通知',
    ],
    [
      'a rejection where events are due',
      () => decider(board()).given(published).when(publish).then(published),
      'was rejected with NOTICE_ALREADY_PUBLISHED',
    ],
  ])('fails on %s', (_name, specification, message) => {
    expect(specification).toThrow(message);
  });

  const event = (data: NoticeEvent['data']): NoticeEvent[] => [{ type: 'NoticePublished', data }];
  let calls = 0;
  it.each<[string, Partial<NoticeDecider>, string]>([
    ['changes its state', { decide: (_, { titles }) => (titles.push('x'), []) }, 'not extensible'],
    ['changes a map in it', { decide: (_, { screens }) => (screens.set('lift-2', 1), []) }, 'Cannot set'],
    ['changes its command', { decide: ({ tags }) => (tags?.push('x'), []) }, 'not extensible'],
    ['changes its context', { decide: (_, __, { settings }) => ((settings.days = 9), []) }, 'read only'],
    ['reads a counter or a random number', { decide: () => event({ title: `${calls++}` }) }, 'toEqual'],
    ['returns what is no plain JSON', { decide: () => event({ title: new Date(0) as never }) }, 'toEqual'],
    ['fails by mistake', { decide: () => [][0]!['title'] }, 'undefined'],
    [
      'changes the state that it folds',
      { evolve: (state, { data }) => (data.title && state.titles.push(data.title), state) },
      'not extensible',
    ],
    [
      'throws while it folds',
      {
        evolve: (state, { type }) => {
          if (type === 'NoticePublished') throw new Error('planted');
          return state;
        },
      },
      'evolve threw on NoticePublished, and it must not: planted',
    ],
    [
      'stumbles over an event that it does not know',
      { evolve: (_, { data }) => ({ ...data }) as never },
      'toEqual',
    ],
    ['wants snapshots of a state that is no JSON', { snapshots: { version: 1 } }, 'no snapshot can hold it'],
  ])('fails when the decider %s', (_name, change, message) => {
    const specification = decider(board(change), { settings: { days: 7 } });
    expect(() => specification.given(published).when({ ...publish, title: '停电' })).toThrow(message);
  });

  it('tells the decider who asks, when and where, and lets each question change that', () => {
    const telling = board({
      decide: (_, __, { now, actor, communityId, settings: { days } }) =>
        event({ title: communityId, at: now, by: `${actor.id} ${actor.permissions.join()}`, days }),
    });
    const actor = anActor('worker-7', 'notices.publish');
    const given = decider(telling, { actor, settings: { days: 7 } }).given();
    const data = { title: 'sunshine', at: FIXED_NOW, by: 'worker-7 notices.publish', days: 7 };
    given.when(publish).then({ type: 'NoticePublished', data });
    given
      .when(publish, { communityId: 'riverside', settings: { days: 1 } })
      .then({ type: 'NoticePublished', data: { ...data, title: 'riverside', days: 1 } });
  });
});
