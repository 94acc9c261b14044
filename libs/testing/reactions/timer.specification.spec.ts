import { describe, expect, it } from '@jest/globals';
import { intent } from '@weinao/events';
import type { Decider, Timer } from '@weinao/events';
import { timers } from './timer.specification.ts';
import { recorded } from '../projections/recorded.builder.ts';

type NoteCommand = { readonly type: 'Note'; readonly text: string };
type AlarmEvent =
  | {
      readonly type: 'AlarmSet';
      readonly data: { readonly key: string; readonly due: string; readonly text?: string };
    }
  | { readonly type: 'AlarmCancelled'; readonly data: { readonly key: string } };

const notes: Decider<null, NoteCommand, never> = {
  category: 'note',
  initial: null,
  decide: () => [],
  evolve: () => null,
};

const alarm = (change: Partial<Timer<AlarmEvent, string>> = {}): Timer<AlarmEvent, string> => ({
  name: 'alarm',
  version: 1,
  changes: ({ type, data }) =>
    type === 'AlarmCancelled'
      ? [{ cancel: { key: data.key } }]
      : [{ set: { key: data.key, due: data.due, ...(data.text ? { data: data.text } : {}) } }],
  fire: ({ key, data }, { late }) => [
    intent(notes, key, { type: 'Note', text: late ? 'late' : (data ?? key) }),
  ],
  ...change,
});

const due = '2026-03-04T08:00:00.000Z';
const set = (key: string, text?: string): AlarmEvent => ({
  type: 'AlarmSet',
  data: { key, due, ...(text ? { text } : {}) },
});
const cancelled = (key: string): AlarmEvent => ({ type: 'AlarmCancelled', data: { key } });
const note = (id: string, text: string) => intent(notes, id, { type: 'Note', text });

describe('the specification of timers', () => {
  it('holds where what waits is right, and what it wants when it is due', () => {
    const elsewhere = recorded(set('a'), { communityId: 'riverside', stream: 'alarm/riverside/1' });
    const given = timers(alarm()).given(
      set('a'),
      set('b', 'old'),
      set('b', 'new'),
      set('c'),
      cancelled('c'),
      elsewhere,
    );
    given.thenPending([
      { key: 'b', due, data: 'new' },
      { key: 'a', due },
      { key: 'a', due, communityId: 'riverside' },
    ]);
    given.whenDue('b').then(note('b', 'new'));
    given.whenDue('a', { late: true }).then(note('a', 'late'));
  });

  it.each([
    [
      'another due',
      () =>
        timers(alarm())
          .given(set('a'))
          .thenPending([{ key: 'a', due: '2026-03-05T08:00:00.000Z' }]),
    ],
    [
      'a timer too many',
      () =>
        timers(alarm())
          .given(set('a'), set('b'))
          .thenPending([{ key: 'a', due }]),
    ],
    [
      'a timer too few',
      () =>
        timers(alarm())
          .given()
          .thenPending([{ key: 'a', due }]),
    ],
    ['another intent', () => timers(alarm()).given(set('a')).whenDue('a').then(note('a', 'b'))],
  ])('fails on %s', (_name, specification) => {
    expect(specification).toThrow('toEqual');
  });

  it('fails on a timer that does not wait', () => {
    expect(() => timers(alarm()).given(set('a'), cancelled('a')).whenDue('a')).toThrow('No timer a waits');
  });

  it.each<[string, Partial<Timer<AlarmEvent, string>>, string]>([
    ['changes the event', { changes: ({ data }) => (Object.assign(data, { key: '' }), []) }, 'read only'],
    [
      'sets no instant',
      { changes: ({ data }) => [{ set: { key: data.key, due: 'soon' } }] },
      'Invalid time value',
    ],
    [
      'says something else the second time',
      (() => {
        let times = 0;
        return { changes: () => [{ cancel: { key: String(times++) } }] };
      })(),
      'toEqual',
    ],
  ])('fails when the timer %s', (_name, change, message) => {
    expect(() => timers(alarm(change)).given(set('a')).thenPending([])).toThrow(message);
  });
});
