import { setTimeout as pause } from 'node:timers/promises';
import type { Projection } from '@weinao/events';
import { rebuildReadModels } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import pg from 'pg';

const PATIENCE_MS = 20_000;

/** @returns what is wrong with the plugin's read models: behind the head of its log, or other than their rebuild */
export async function projectionFaults(
  pool: pg.Pool,
  databaseUrl: string,
  plugin: Plugin,
): Promise<string[]> {
  const late = await untilAtHead(pool, plugin);
  if (late.length > 0) return late;
  const live = await rowsOf(pool, plugin);
  await rebuildReadModels(plugin, {
    databaseUrl,
    progress: () => undefined,
    report: () => undefined,
  });
  const rebuilt = await rowsOf(pool, plugin);
  return [...live].flatMap(([table, rows]) => differences(table, rows, rebuilt.get(table)!));
}

async function untilAtHead(pool: pg.Pool, plugin: Plugin): Promise<string[]> {
  const schema = pg.escapeIdentifier(plugin.manifest.id);
  const names = plugin.projections.map(({ name }) => name);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query<{ name: string; position: string; head: string }>(
      `select c.name, c.position, h.position as head from ${schema}.checkpoints c, ${schema}.head h
       where c.name = any($1) and c.position <> h.position`,
      [names],
    );
    if (rows.length === 0) return [];
    if (performance.now() > deadline)
      return rows.map(
        ({ name, position, head }) => `${name} stays at ${position}, and the head is at ${head}`,
      );
    await pause(100);
  }
}

async function rowsOf(pool: pg.Pool, { manifest, projections }: Plugin): Promise<Map<string, Set<string>>> {
  const tables = (projections as readonly Projection[]).flatMap((projection) => projection.tables);
  const found = new Map<string, Set<string>>();
  for (const { table } of tables) {
    const name = `${pg.escapeIdentifier(manifest.id)}.${pg.escapeIdentifier(table)}`;
    const { rows } = await pool.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    found.set(table, new Set(rows.map(({ row }) => row)));
  }
  return found;
}

const differences = (table: string, live: Set<string>, rebuilt: Set<string>): string[] => [
  ...[...live.difference(rebuilt)].map((row) => `${table} has ${row}, and its rebuild has not`),
  ...[...rebuilt.difference(live)].map((row) => `${table} lacks ${row}, and its rebuild has it`),
];
