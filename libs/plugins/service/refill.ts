import { PostgresEventLog, refill, withUpcasters } from '@weinao/events';
import type { EventStream, Refilled } from '@weinao/events';
import { openPluginDatabase } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

export interface RefillOptions {
  readonly databaseUrl: string;
  readonly stream: EventStream;
  /** Told after each page. */
  progress(events: number): void;
  report(message: string, error?: unknown): void;
}

/** Publishes a plugin's whole log again into the stream for integrators, beside a running service or without one. */
export async function refillEventStream(plugin: Plugin, options: RefillOptions): Promise<Refilled> {
  const { manifest, upcasters = {} } = plugin;
  const { databaseUrl, stream, progress, report } = options;
  const database = await openPluginDatabase(plugin, databaseUrl, report);
  try {
    const log = withUpcasters(new PostgresEventLog(database.pool, manifest.id), upcasters);
    return await refill({ plugin: manifest.id, log, stream, progress });
  } finally {
    await database.close();
  }
}
