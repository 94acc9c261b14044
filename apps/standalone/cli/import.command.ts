import { readFile } from 'node:fs/promises';
import { LocalIssuer } from '@weinao/gateway';
import { StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { mapLine, parseMapping } from './column-mapping.ts';
import type { ColumnMapping } from './column-mapping.ts';
import { readCsv } from './csv-file.ts';
import type { NumberedLine } from './csv-file.ts';
import { importGeojson } from './geojson-import.ts';
import { ProgressLine } from './progress-line.ts';
import { dataDirectory } from '../data-directory.ts';
import { ownToken, runOperation } from '../platform.client.ts';

interface ImportOptions {
  readonly community: string;
  readonly map?: string;
  readonly url: string;
  readonly token?: string;
}

interface ImportReport {
  readonly created: number;
  readonly repeated: number;
  readonly problems: readonly { readonly row: number; readonly path: string; readonly message: string }[];
}

interface Total {
  created: number;
  repeated: number;
  readonly badLines: Set<number>;
}

const MOST_ROWS_A_REQUEST = 100;
/** Below the gateway's limit for a body. */
const MOST_CHARACTERS_A_REQUEST = 40_000;

export const importCommand = (): Command =>
  new Command('import')
    .description(
      'Bring real data into a running system, through its commands; safe to repeat · 导入数据，可重复执行',
    )
    .argument('<plugin>', 'a plugin that imports: tickets from CSV, facilities from GeoJSON')
    .argument('<file>', 'CSV with a header line and in UTF-8, or a .geojson with a FeatureCollection')
    .requiredOption('--community <id>', 'the community that gets it')
    .option('--map <mapping.json>', 'of CSV: which column is which field; see docs/how-to/import-tickets.md')
    .option('--url <url>', 'of the gateway', `http://localhost:${process.env.PORT ?? 4000}`)
    .option('--token <token>', 'of an admin of the community; made here where this machine is the issuer')
    .action(importFile);

async function importFile(plugin: string, file: string, options: ImportOptions): Promise<void> {
  const { map, community, url } = options;
  const token = options.token ?? (await adminToken(community));
  const address = `${url}/communities/${encodeURIComponent(community)}/graphql`;
  if (file.endsWith('.geojson')) return importGeojson(file, { plugin, address, token });
  if (map === undefined) throw new StartupError('A CSV file needs --map: which column is which field.');
  await importCsv(plugin, file, map, address, token);
}

async function importCsv(
  plugin: string,
  file: string,
  map: string,
  address: string,
  token: string,
): Promise<void> {
  const { columns, lines } = await readCsv(file);
  const mapping = parseMapping(await readText(map), columns);
  const total: Total = { created: 0, repeated: 0, badLines: new Set() };
  const progress = new ProgressLine();
  let done = 0;
  for (const batch of batches(mapping, lines)) {
    const rows = batch.map(({ row }) => row);
    const report = await sendRows(plugin, mapping.source, rows, address, token);
    total.created += report.created;
    total.repeated += report.repeated;
    for (const { row, path, message } of report.problems) {
      const { number } = batch[row]!;
      total.badLines.add(number);
      progress.end(`line ${number}: ${path}: ${message}`);
    }
    done += batch.length;
    progress.show(`${done} of ${lines.length} lines`);
  }
  progress.end(summary(lines.length, total));
  if (total.badLines.size > 0) process.exitCode = 1;
}

const summary = (lines: number, { created, repeated, badLines }: Total): string =>
  `${lines} lines: ${created} imported, ${repeated} known before, ${badLines.size} bad`;

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartupError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

const adminToken = async (community: string): Promise<string> =>
  ownToken(await LocalIssuer.open(dataDirectory()), 'admin', community);

interface NumberedRow {
  readonly number: number;
  readonly row: Record<string, unknown>;
}

function* batches(mapping: ColumnMapping, lines: readonly NumberedLine[]): Generator<NumberedRow[]> {
  let batch: NumberedRow[] = [];
  let characters = 0;
  for (const { number, line } of lines) {
    const row = mapLine(mapping, line);
    const size = JSON.stringify(row).length;
    if (
      batch.length === MOST_ROWS_A_REQUEST ||
      (batch.length > 0 && characters + size > MOST_CHARACTERS_A_REQUEST)
    ) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push({ number, row });
    characters += size;
  }
  if (batch.length > 0) yield batch;
}

/** By convention a plugin that imports has a mutation `import<Plugin>(source, rows)`. */
async function sendRows(
  plugin: string,
  source: string,
  rows: readonly unknown[],
  address: string,
  token: string,
): Promise<ImportReport> {
  const mutation = `import${plugin.charAt(0).toUpperCase()}${plugin.slice(1)}`;
  const query = `mutation Import($source: String!, $rows: [JSON!]!) {
    report: ${mutation}(source: $source, rows: $rows) { created repeated problems { row path message } }
  }`;
  try {
    const { report } = await runOperation<{ report: ImportReport }>(address, token, {
      query,
      variables: { source, rows },
    });
    return report;
  } catch (error) {
    throw new StartupError(
      `The import stopped: ${reasonOf(error as Error)}. What was sent before is in; run it again to go on.`,
    );
  }
}

/** `fetch` says only that it failed, and of several addresses that were tried not even that. */
function reasonOf(error: Error): string {
  const { message, code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return (message || String(code)).replace(/\.$/, '');
}
