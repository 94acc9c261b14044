import pg from 'pg';
import type { Pool } from 'pg';
import type { StoredEvent } from './chain.digest.ts';
import type { ChainPoint, Tampering } from './chain.findings.ts';
import { ChainWalk } from './chain.walk.ts';
import type { Head } from './chain.walk.ts';

export interface ChainOptions {
  /** Where the chain stood once, noted outside of the database. */
  readonly expected?: ChainPoint;
  /** Told the position after each page, and the head. */
  progress?(position: bigint, head: bigint): void;
}

export interface ChainReport {
  /** What to note, in order to give it as `expected` later. */
  readonly head: ChainPoint;
  /** In the order of the positions; empty where the log is what was appended. */
  readonly findings: readonly Tampering[];
  /** False where so much was found that the rest was not looked at. */
  readonly complete: boolean;
}

const PAGE = 500;
const BEFORE_EVERYTHING = -(2n ** 63n);
/** No event can be appended that happens at infinity, so any number does that no other event has. */
const NEVER = -(2n ** 62n);

/**
 * Reads a log of PostgreSQL and verifies its hash chain, while others may append. It finds what somebody did who can write
 * the tables, unless the whole rest of the chain was computed anew, too: that takes a point noted elsewhere (`expected`).
 */
export async function verifyChain(
  pool: Pool,
  plugin: string,
  { expected, progress }: ChainOptions = {},
): Promise<ChainReport> {
  const schema = pg.escapeIdentifier(plugin);
  const walk = new ChainWalk(expected);
  let after = BEFORE_EVERYTHING;
  for (;;) {
    const { head, events } = await readPage(pool, schema, after);
    for (const event of events) walk.take(event);
    progress?.(walk.position, head.position);
    const isLastPage = events.length < PAGE;
    if (isLastPage || walk.hasFoundEnough) {
      const findings = isLastPage ? walk.finish(head) : walk.found();
      const { position, link } = head;
      return { head: { position, link: link.toString('hex') }, findings, complete: isLastPage };
    }
    after = events.at(-1)!.position;
  }
}

interface PageRow {
  readonly head_position: string;
  readonly head_link: Buffer;
  readonly link_there: Buffer | null;
  /** The columns of an event are null where there is none after the position. */
  readonly position: string | null;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly community: string;
  readonly type: string;
  readonly schema_version: number;
  readonly microseconds: string;
  readonly data: string;
  readonly metadata: string;
  readonly link: Buffer;
}

/** One statement, so that the head is the one of the moment at which the events were read. */
async function readPage(
  pool: Pool,
  schema: string,
  after: bigint,
): Promise<{ head: Head; events: StoredEvent[] }> {
  const { rows } = await pool.query<PageRow>(
    `select h.position as head_position, h.link as head_link,
       (select t.link from ${schema}.events t where t.position = h.position) as link_there, e.*
     from ${schema}.head h left join lateral (
       select position, id, stream, revision, community, type, schema_version,
         (extract(epoch from at) * 1000000)::text as microseconds, data::text, metadata::text, link
       from ${schema}.events where position > $1 order by position limit $2
     ) e on true`,
    [after, PAGE],
  );
  const { head_position, head_link, link_there } = rows[0]!;
  const head = { position: BigInt(head_position), link: head_link, linkThere: link_there ?? undefined };
  return { head, events: rows[0]!.position === null ? [] : rows.map(storedEvent) };
}

const storedEvent = (row: PageRow): StoredEvent => ({
  position: BigInt(row.position!),
  id: row.id,
  stream: row.stream,
  revision: row.revision,
  community: row.community,
  type: row.type,
  schemaVersion: row.schema_version,
  at: row.microseconds.endsWith('Infinity') ? NEVER : BigInt(row.microseconds.split('.')[0]!),
  data: row.data,
  metadata: row.metadata,
  link: row.link,
});
