import type { Cell, Contender, Goal } from '../frame/cell.ts';

const always = (name: string, rate: number): Contender => ({ name, measure: async () => ({ rate }) });

/** A cell whose figures are known beforehand. */
export function madeUpCell(more: { goal?: Goal; kernel?: Contender } = {}): Cell {
  const { goal, kernel = always('kernel', 1_300) } = more;
  return {
    name: 'append',
    lines: [
      {
        name: 'append, made up',
        unit: 'events/s',
        reading: 'rate',
        ours: 'kernel',
        limit: 'raw',
        peers: ['peer'],
        goal,
      },
    ],
    secondsATurn: 0,
    prepare: async () => [kernel, always('raw', 1_000), always('peer', 50)],
  };
}
