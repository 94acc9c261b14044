import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

export interface WishMade {
  readonly type: 'WishMade';
  readonly data: { readonly text: string };
}

interface MakeWish {
  readonly type: 'MakeWish';
  readonly text: string;
}

/** A small wish (微心愿) of a resident, which somebody may fulfil. */
export const wishDecider: Decider<{ readonly made: boolean }, MakeWish, WishMade> = {
  category: 'wish',
  initial: { made: false },
  decide({ text }, { made }) {
    if (made) reject('CONFLICT', 'There is a wish with this id already.');
    return [{ type: 'WishMade', data: { text } }];
  },
  evolve: () => ({ made: true }),
};
