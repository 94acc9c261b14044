import { listEffects, listParked, overdueTimers, verifyChain } from '@weinao/events';
import type { ChainPoint, Tampering } from '@weinao/events';
import type { Pool } from 'pg';
import { openPluginDatabase } from './plugin-database.ts';
import type { Plugin } from '../plugin.ts';

export interface DiagnosisOptions {
  readonly databaseUrl: string;
  /** True where the log is in KurrentDB: then there is no chain to verify here. */
  readonly inKurrent: boolean;
  /** Where the chain stood once, noted outside of the database. */
  readonly expected?: ChainPoint | undefined;
  /** Told while the chain is verified. */
  progress(position: bigint, head: bigint): void;
  report(message: string, error?: unknown): void;
}

export type Check = 'chain' | 'parked' | 'effects' | 'timers';

export interface Finding {
  readonly check: Check;
  readonly message: string;
}

export interface Diagnosis {
  readonly plugin: string;
  /** The end of the chain, to be noted elsewhere; null where the log is in KurrentDB. */
  readonly chain: ChainPoint | null;
  /** Empty where all is well. */
  readonly findings: readonly Finding[];
}

const OVERDUE_MS = 60_000;

/** Looks a plugin's log and what follows it over, beside a running service or without one, and changes nothing. */
export async function diagnose(plugin: Plugin, options: DiagnosisOptions): Promise<Diagnosis> {
  const { id } = plugin.manifest;
  const database = await openPluginDatabase(plugin, options.databaseUrl, options.report);
  try {
    const { pool } = database;
    const chain = options.inKurrent ? undefined : await verifyChain(pool, id, options);
    const findings: Finding[] = [
      ...(chain ? chain.findings.map(tampered) : []),
      ...(chain?.complete === false ? [incomplete] : []),
      ...(await parkedFindings(pool, id)),
      ...(await deadEffects(pool, id)),
      ...(await lateTimers(pool, id)),
    ];
    return { plugin: id, chain: chain?.head ?? null, findings };
  } finally {
    await database.close();
  }
}

const incomplete: Finding = {
  check: 'chain',
  message: 'so much was found that the rest of the log was not looked at',
};

const tampered = (tampering: Tampering): Finding => ({ check: 'chain', message: sentence(tampering) });

function sentence(tampering: Tampering): string {
  const { position } = tampering;
  switch (tampering.kind) {
    case 'altered':
      return `the event at position ${position} was altered`;
    case 'swapped':
      return `the events at positions ${position} and ${tampering.with} were swapped`;
    case 'missing':
      return `${tampering.events} events are missing at position ${position}`;
    case 'inserted':
      return `${tampering.events} events from position ${position} on were never appended`;
    case 'head':
      return `the log ends at position ${position}, but its head names ${tampering.named}`;
    case 'recomputed':
      return `the chain at position ${position} is not the one that was noted: it was made anew`;
  }
}

const parkedFindings = async (pool: Pool, schema: string): Promise<Finding[]> =>
  (await listParked(pool, schema)).map(({ subscriber, stream, position, error }) => ({
    check: 'parked',
    message: `${subscriber} leaves out ${stream} from position ${position} on (weinao parked retry): ${error}`,
  }));

const deadEffects = async (pool: Pool, schema: string): Promise<Finding[]> =>
  (await listEffects(pool, schema, { state: 'dead' })).map(({ name, key, tries, error }) => ({
    check: 'effects',
    message: `${name} ${key} was given up after ${tries} tries (weinao effects retry): ${error}`,
  }));

async function lateTimers(pool: Pool, schema: string): Promise<Finding[]> {
  const { count, oldest } = await overdueTimers(pool, schema, OVERDUE_MS);
  if (count === 0) return [];
  return [{ check: 'timers', message: `${count} timers are overdue, the oldest since ${oldest}` }];
}
