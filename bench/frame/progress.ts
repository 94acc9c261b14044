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
    this.expected = cells.reduce((sum, cell) => sum + cell.secondsARound * (rounds + 1), 0);
  }

  turn(cell: Cell, round: number, contender: string): void {
    const stage = round === 0 ? 'warming up' : `round ${round} of ${this.rounds}`;
    this.say(`${cell.name} · ${stage} · ${contender} · ${this.left()}`);
  }

  roundDone(cell: Cell): void {
    this.done += cell.secondsARound;
  }

  private left(): string {
    const seconds = (performance.now() - this.begin) / 1000;
    const pace = this.done === 0 ? 1 : Math.max(seconds / this.done, 0.05);
    const minutes = ((this.expected - this.done) * pace) / 60;
    return minutes < 1 ? 'less than a minute left' : `about ${Math.round(minutes)} min left`;
  }
}
