import { describe, expect, it } from '@jest/globals';
import { intent } from '@weinao/events';
import type { Decider, Reaction } from '@weinao/events';
import { reaction } from './reaction.specification.ts';

type NoteCommand = { readonly type: 'Note'; readonly text: string };
type SmokeDetected = { readonly type: 'devices.SmokeDetected'; readonly data: { readonly place: string } };

const notes: Decider<null, NoteCommand, never> = {
  category: 'note',
  initial: null,
  decide: () => [],
  evolve: () => null,
};

const onSmoke = (change: Partial<Reaction<SmokeDetected>> = {}): Reaction<SmokeDetected> => ({
  name: 'on-smoke',
  follows: ['devices.SmokeDetected'],
  react: ({ metadata: { communityId }, data: { place } }) =>
    place === '' ? [] : [intent(notes, communityId, { type: 'Note', text: place })],
  ...change,
});

const smoke = (place: string): SmokeDetected => ({ type: 'devices.SmokeDetected', data: { place } });
const note = (id: string, text: string) => intent(notes, id, { type: 'Note', text });

describe('the specification of a reaction', () => {
  it('holds where the intents are right', () => {
    reaction(onSmoke()).given(smoke('3 栋')).then(note('sunshine', '3 栋'));
    reaction(onSmoke()).given(smoke('3 栋'), { communityId: 'riverside' }).then(note('riverside', '3 栋'));
    reaction(onSmoke()).given(smoke('')).thenNothing();
  });

  it.each([
    ['another command', () => reaction(onSmoke()).given(smoke('3 栋')).then(note('sunshine', '4 栋'))],
    ['another aggregate', () => reaction(onSmoke()).given(smoke('3 栋')).then(note('riverside', '3 栋'))],
    ['an intent too many', () => reaction(onSmoke()).given(smoke('3 栋')).thenNothing()],
    ['an intent too few', () => reaction(onSmoke()).given(smoke('')).then(note('sunshine', ''))],
  ])('fails on %s', (_name, specification) => {
    expect(specification).toThrow('toEqual');
  });

  it.each<[string, Partial<Reaction<SmokeDetected>>, string]>([
    ['does not follow the event', { follows: [] }, 'does not follow devices.SmokeDetected'],
    ['changes the event', { react: ({ data }) => (Object.assign(data, { place: '' }), []) }, 'read only'],
    [
      'wants something else the second time',
      (() => {
        let times = 0;
        return { react: () => [note('sunshine', String(times++))] };
      })(),
      'toEqual',
    ],
    [
      'asks for what is no JSON',
      { react: () => [intent(notes, 'sunshine', { type: 'Note', text: undefined as unknown as string })] },
      'toEqual',
    ],
  ])('fails when the reaction %s', (_name, change, message) => {
    expect(() => reaction(onSmoke(change)).given(smoke('3 栋')).thenNothing()).toThrow(message);
  });
});
