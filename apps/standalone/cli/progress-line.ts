/** One line on stderr that is written over while work goes on; without a terminal, only the last word. */
export class ProgressLine {
  private shown = 0;

  show(text: string): void {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r${text.padEnd(this.shown)}`);
    this.shown = text.length;
  }

  end(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(this.shown)}\r`);
    console.error(text);
  }
}
