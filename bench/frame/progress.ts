import type { Cell } from './cell.ts';

/** What is under way, and about how much is left: by the cells' own guesses, corrected by how long the first took. */
export class Progress {
  private readonly begin = performance.now();
  private readonly expected: number;
  private done = 0;

  constructor(
    cells: readonly Cell[],
    private readonly rounds: number,
    private readonly say: (line: string) => void,
  ) {
    this.expected = cells.reduce(
      (sum, cell) => sum + (cell.secondsBefore ?? 0) + cell.secondsATurn * (turnsOf(cell, rounds) + 1),
      0,
    );
  }

  preparing(cell: Cell): void {
    this.say(`${cell.name} · making ready · ${this.left()}`);
  }

  prepared(cell: Cell): void {
    this.done += cell.secondsBefore ?? 0;
  }

  /** @param turn 0 to warm up */
  turn(cell: Cell, turn: number, contender: string): void {
    const round = Math.ceil(turn / (cell.turnsARound ?? 1));
    const stage = turn === 0 ? 'warming up' : `round ${round} of ${this.rounds}`;
    this.say(`${cell.name} · ${stage} · ${contender} · ${this.left()}`);
  }

  turnDone(cell: Cell): void {
    this.done += cell.secondsATurn;
  }

  private left(): string {
    const seconds = (performance.now() - this.begin) / 1000;
    const pace = this.done === 0 ? 1 : seconds / this.done;
    const minutes = ((this.expected - this.done) * pace) / 60;
    return minutes < 1 ? 'less than a minute left' : `about ${Math.round(minutes)} min left`;
  }
}

export const turnsOf = ({ turnsARound = 1 }: Cell, rounds: number): number => rounds * turnsARound;
