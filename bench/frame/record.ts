import { readFile, writeFile } from 'node:fs/promises';

const FILE = new URL('../../docs/benchmarks.md', import.meta.url);
const BEGIN = '<!-- the record: written by npm run bench -- --record -->';
const END = '<!-- end of the record -->';

export interface Recording {
  readonly facts: string;
  readonly table: string;
  readonly summary: string;
}

/** Puts the record between its markers. @throws Error where they are missing */
export async function record(recording: Recording, now = new Date(), file = FILE): Promise<void> {
  await writeFile(file, withRecord(await readFile(file, 'utf8'), recording, now));
}

export function withRecord(page: string, { facts, table, summary }: Recording, now: Date): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error('docs/benchmarks.md has lost the markers of its record');
  const block = [BEGIN, `Measured on ${now.toISOString().slice(0, 10)}: ${facts}.`, table, summary, END];
  return `${page.slice(0, begin)}${block.join('\n\n')}${page.slice(end + END.length)}`;
}
