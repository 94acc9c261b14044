import type { Plant } from './plant.ts';

const FOLLOWER = 'libs/events/projection/follower.ts';
const PROJECTOR = 'libs/events/projection/projector.ts';
const HANDLE =
  'handle: (page, after) => inTransaction(options.pool, (client) => this.foldPage(client, page, after)),';

export const slowPlants: readonly Plant[] = [
  {
    name: 'unbounded-page',
    about: 'a follower takes all that it has missed into memory at once',
    proof: 'slow',
    breaks: 'memory',
    edits: [{ file: FOLLOWER, find: 'const PAGE = 1_000;', replace: 'const PAGE = 1_000_000;' }],
  },
  {
    name: 'page-of-one',
    about: 'a follower takes one event after the other',
    proof: 'slow',
    breaks: 'catchup',
    edits: [
      { file: FOLLOWER, find: 'const PAGE = 1_000;', replace: 'const PAGE = 1;' },
      {
        file: PROJECTOR,
        find: 'if (moved) await',
        replace: 'await new Promise((resolve) => setTimeout(resolve, 1));\n    if (moved) await',
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
        find: HANDLE,
        replace:
          'handle: (page, after) => oneAtATime(options.pool, () => inTransaction(options.pool, (client) => this.foldPage(client, page, after))),',
      },
    ],
  },
  {
    name: 'full-page-not-folded',
    about: 'a page that is full moves the checkpoint, and is not folded',
    proof: 'slow',
    breaks: 'complete',
    edits: [
      { file: PROJECTOR, find: 'if (moved) await', replace: 'if (moved && page.length < 1_000) await' },
    ],
  },
];
