import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { StartupError } from '@weinao/plugins';
import type { CsvLine } from './column-mapping.ts';

export interface NumberedLine {
  /** Line of the file on which the record ends, from 1. */
  readonly number: number;
  readonly line: CsvLine;
}

/** Reads a CSV file with a header line; a byte-order mark and quoted line breaks are understood. */
export async function readCsv(file: string): Promise<{ columns: string[]; lines: NumberedLine[] }> {
  const columns: string[] = [];
  const lines: NumberedLine[] = [];
  const source = createReadStream(file);
  const parser = source.pipe(
    parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
      columns: (header: string[]) => {
        columns.push(...header);
        return header;
      },
    }),
  );
  source.once('error', (error) => parser.destroy(error)); // a pipe does not hand it on
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: CsvLine;
      info: { lines: number };
    }>) {
      lines.push({ number: info.lines, line: record });
    }
  } catch (error) {
    throw new StartupError(`${file} cannot be read as CSV: ${(error as Error).message}`);
  }
  return { columns, lines };
}
