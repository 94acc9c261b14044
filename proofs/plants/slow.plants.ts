import type { Plant } from './plant.ts';

const FOLLOWER = 'libs/events/projection/follower.ts';
const PROJECTOR = 'libs/events/projection/projector.ts';
const FOLD = 'if (events) await this.folding.fold(client, events);';

export const slowPlants: readonly Plant[] = [
  {
    name: 'unbounded-followers',
    about:
      'followers take all that they have missed into memory at once, and what is read once for all is never forgotten',
    proof: 'slow',
    breaks: 'memory',
    edits: [
      { file: FOLLOWER, find: 'const PAGE = 500;', replace: 'const PAGE = 1_000_000;' },
      {
        file: 'libs/events/log/shared-reads.ts',
        find: 'mostEvents: 10_000, mostCharacters: 16_777_216',
        replace: 'mostEvents: Infinity, mostCharacters: Infinity',
      },
      {
        file: 'libs/events/publication/consumer.ts',
        find: 'const MOST_WAITING_CHARACTERS = 4_194_304;',
        replace: 'const MOST_WAITING_CHARACTERS = Infinity;',
      },
    ],
  },
  {
    name: 'page-of-one',
    about: 'a follower takes one event after the other',
    proof: 'slow',
    breaks: 'catchup',
    edits: [
      { file: FOLLOWER, find: 'const PAGE = 500;', replace: 'const PAGE = 1;' },
      {
        file: PROJECTOR,
        find: FOLD,
        replace: `await new Promise((resolve) => setTimeout(resolve, 1));\n    ${FOLD}`,
      },
    ],
  },
  {
    name: 'one-stands-all-stand',
    about: 'projections take turns, also with one that waits',
    proof: 'slow',
    breaks: 'others',
    edits: [
      {
        file: PROJECTOR,
        find: 'moved = await inTransaction(pool, (client) => this.fold(client, page, after));',
        replace:
          'moved = await oneAtATime(pool, () => inTransaction(pool, (client) => this.fold(client, page, after)));',
      },
    ],
  },
  {
    name: 'full-page-not-folded',
    about: 'a page that is full moves the checkpoint, and is not folded',
    proof: 'slow',
    breaks: 'complete',
    edits: [
      { file: PROJECTOR, find: FOLD, replace: FOLD.replace('(events)', '(events && page.length < 1_000)') },
    ],
  },
];
