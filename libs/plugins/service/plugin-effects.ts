import { createKernelSchema, listEffects, reviveEffect } from '@weinao/events';
import type { EffectFilter, EffectRow } from '@weinao/events';
import pg from 'pg';
import type { Plugin } from '../plugin.ts';

/** The outside effects of a plugin, for operators: beside a running service or without one. */
export function pluginEffects(
  plugin: Plugin,
  databaseUrl: string,
  filter: EffectFilter,
): Promise<EffectRow[]> {
  return inSchemaOf(plugin, databaseUrl, (pool, schema) => listEffects(pool, schema, filter));
}

/** Gives dead effects all their tries again; a running service takes them up within 15 s. @returns those revived */
export function revivePluginEffects(
  plugin: Plugin,
  databaseUrl: string,
  which: (effect: EffectRow) => boolean,
): Promise<EffectRow[]> {
  return inSchemaOf(plugin, databaseUrl, async (pool, schema) => {
    const revived: EffectRow[] = [];
    for (const effect of await listEffects(pool, schema, { state: 'dead', limit: 100_000 })) {
      if (!which(effect) || !(await reviveEffect(pool, schema, effect))) continue;
      revived.push({ ...effect, state: 'pending', tries: 0 });
    }
    return revived;
  });
}

async function inSchemaOf<Value>(
  { manifest: { id } }: Plugin,
  databaseUrl: string,
  work: (pool: pg.Pool, schema: string) => Promise<Value>,
): Promise<Value> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    application_name: `weinao ${id} effects`,
  });
  try {
    await createKernelSchema(pool, id);
    return await work(pool, id);
  } finally {
    await pool.end();
  }
}
