import type { Plant } from './plant.ts';

const FOLLOWER = 'libs/events/projection/follower.ts';
const CONSUMER = 'libs/events/publication/consumer.ts';
const PROJECTOR = 'libs/events/projection/projector.ts';
const FOLD = 'if (events) await this.folding.fold(client, events);';

export const slowPlants: readonly Plant[] = [
  {
    name: 'all-in-one-page',
    about: 'a follower takes all that it has missed into memory at once',
    proof: 'slow',
    breaks: 'memory',
    edits: [{ file: FOLLOWER, find: 'const PAGE = 500;', replace: 'const PAGE = 1_000_000;' }],
  },
  {
    name: 'shared-events-never-forgotten',
    about: 'what is read once for all followers stays in memory',
    proof: 'slow',
    breaks: 'memory',
    edits: [
      {
        file: 'libs/events/log/shared-reads.ts',
        find: 'mostEvents: 10_000, mostCharacters: 16_777_216',
        replace: 'mostEvents: Infinity, mostCharacters: Infinity',
      },
    ],
  },
  {
    name: 'rings-without-bound',
    about: 'all that the bus brings waits in memory for a slow consumer',
    proof: 'slow',
    breaks: 'memory',
    edits: [
      {
        file: CONSUMER,
        find: 'const MOST_WAITING_CHARACTERS = 4_194_304;',
        replace: 'const MOST_WAITING_CHARACTERS = Infinity;',
      },
    ],
  },
  {
    name: 'answers-kept-until-the-end',
    about: 'a consumer waits for its pages by a race with one promise, which holds them all until it leaves',
    proof: 'slow',
    breaks: 'memory',
    edits: [
      {
        file: CONSUMER,
        find: 'this.departure.unlessLeft(answer)',
        replace: 'Promise.race([answer, this.left])',
      },
      {
        file: CONSUMER,
        find: 'private readonly departure = new Departure();',
        replace:
          'private readonly departure = new Departure();\n  private readonly left = new Promise<undefined>(() => undefined);',
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
      { file: PROJECTOR, find: FOLD, replace: FOLD.replace('(events)', '(events && page.length < 500)') },
    ],
  },
];
