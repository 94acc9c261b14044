import { Unrecognised } from './unrecognised.ts';
import { Refused } from '../names/checks.ts';
import type { ChangeSet } from '../workspace/change-set.ts';

export type Edit = (text: string) => string;

/** Edits of files that people may have changed since they were written: all of them fit, or none is made. */
export class Edits {
  private readonly byHand: string[] = [];

  constructor(private readonly changes: ChangeSet) {}

  async edit(path: string, ...edits: readonly Edit[]): Promise<void> {
    let text = await this.changes.textOf(path).catch(() => '');
    for (const edit of edits) text = this.tried(path, text, edit);
    await this.changes.put(path, text);
  }

  /** @throws Refused that says which lines to add by hand */
  assertAllFit(): void {
    if (this.byHand.length === 0) return;
    const lines = this.byHand.join('\n');
    throw new Refused(
      `Nothing was changed: these files are not as they were written. Add by hand:\n${lines}`,
    );
  }

  private tried(path: string, text: string, edit: Edit): string {
    try {
      return edit(text);
    } catch (error) {
      if (!(error instanceof Unrecognised)) throw error;
      this.byHand.push(`  ${path}:\n${error.lines.replaceAll(/^/gm, '    ')}`);
      return text;
    }
  }
}
