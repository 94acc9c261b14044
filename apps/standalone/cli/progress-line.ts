/** How often a log that nobody watches is told. */
const SECONDS_BETWEEN_LINES = 3;

/** One line on stderr that is written over while work goes on; without a terminal, a line every few seconds. */
export class ProgressLine {
  private shown = 0;
  private told = performance.now();

  show(text: string): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${text.padEnd(this.shown)}`);
      this.shown = text.length;
    } else if (performance.now() - this.told >= SECONDS_BETWEEN_LINES * 1_000) {
      console.error(text);
      this.told = performance.now();
    }
  }

  end(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(this.shown)}\r`);
    console.error(text);
  }
}
