import type { OtherRow } from '../frame/table.ts';

/** Rows of the design's budget that come from elsewhere. */
export const notMeasured: readonly OtherRow[] = [
  {
    name: 'one notice to 14,000 screens, last one',
    goal: '≤ 1.15 ×',
    note: 'not measured yet: comes with the platform',
  },
  {
    name: 'kill -9 of any process under load',
    goal: '0 lost, 0 twice',
    note: '`npm run proof -- crash` proves it',
  },
];
