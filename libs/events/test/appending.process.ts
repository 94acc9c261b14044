import pg from 'pg';
import { newId, PostgresEventLog } from '../index.ts';
import type { NewEvent } from '../index.ts';

/**
 * Appends to a log as a process of its own does, by 8 writers at once, and prints the positions that it was answered:
 * `node … appending.process.ts <schema> <name> <appends>`.
 */
const [schema, name, appends] = process.argv.slice(2) as [string, string, string];
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const log = new PostgresEventLog(pool, schema);

const communityId = 'sunshine';

async function write(writer: number): Promise<string[]> {
  const positions: string[] = [];
  for (let n = 0; n < Number(appends); n++) {
    const command = { id: newId(), fingerprint: name };
    const metadata = { communityId, commandId: command.id, actorId: null, correlationId: command.id };
    const noted = (): NewEvent => ({
      id: newId(),
      type: 'TicketNoted',
      at: new Date().toISOString(),
      data: { name, writer, n },
      metadata,
    });
    const recorded = await log.append({
      stream: `ticket/${communityId}/${name}-${writer}`,
      communityId,
      expectedRevision: n * 2 - 1,
      events: [noted(), noted()],
      command,
    });
    positions.push(...recorded.map(({ position }) => position.toString()));
  }
  return positions;
}

const positions = await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
console.log(JSON.stringify(positions));
await log.close();
await pool.end();
