import { setTimeout as pause } from 'node:timers/promises';
import { CommandRepeated, derivedId } from '@weinao/events';
import type { EventLog } from '@weinao/events';
import type pg from 'pg';
import type { AlarmEvent } from './alarm.timer.ts';
import { COURT } from './clock.ts';
import { persistently } from './persistently.ts';

/**
 * A process whose connection is cut while it fires loses its claim, and sends what it claimed all the same: the decider is
 * to judge that. So a timer that was revoked may fire for as long as such a batch takes.
 */
const UNDER_WAY_MS = 2_000;

/** One setting of an alarm. */
export interface Alarm {
  readonly key: string;
  readonly turn: number;
  /** In ms since 1970, by the stepped clock. */
  readonly due: number;
  /** Whether the log has said that it is cancelled or set anew. */
  revoked: boolean;
  /** Where the log ended when that had been kept for a while: it must not fire behind. */
  revokedBy?: bigint;
}

/** Sets alarms, sets them anew and cancels them, and knows of each what has to become of it. */
export class Alarms {
  readonly all: Alarm[] = [];
  private readonly latest = new Map<string, Alarm>();
  private appended = 0;

  constructor(
    private readonly pool: pg.Pool,
    private readonly log: EventLog,
    private readonly schema: string,
  ) {}

  get lastDue(): number {
    return Math.max(...this.all.map(({ due }) => due));
  }

  get keys(): string[] {
    return [...this.latest.keys()];
  }

  async set(key: string, due: number): Promise<void> {
    const before = this.latest.get(key);
    const alarm: Alarm = { key, turn: (before?.turn ?? 0) + 1, due: Math.round(due), revoked: false };
    this.all.push(alarm);
    this.latest.set(key, alarm);
    const data = { key, turn: alarm.turn, due: new Date(alarm.due).toISOString() };
    await this.say({ type: 'AlarmSet', data }, before);
  }

  async cancel(key: string): Promise<void> {
    await this.say({ type: 'AlarmCancelled', data: { key } }, this.latest.get(key));
  }

  private async say({ type, data }: AlarmEvent, revoked: Alarm | undefined): Promise<void> {
    if (revoked) revoked.revoked = true;
    const position = await this.append(type, data);
    if (!revoked || revoked.revokedBy !== undefined) return;
    await persistently(() => this.kept(position));
    await pause(UNDER_WAY_MS);
    revoked.revokedBy = await persistently(() => this.log.head());
  }

  private async append(type: string, data: object): Promise<bigint> {
    this.appended += 1;
    const commandId = derivedId(this.schema, this.appended);
    const stream = `change/${COURT}/${this.appended}`;
    const metadata = { communityId: COURT, commandId, actorId: null, correlationId: commandId };
    const event = { id: derivedId(commandId, 0), type, at: new Date().toISOString(), data, metadata };
    return persistently(async () => {
      try {
        const stored = await this.log.append({
          ...{ stream, communityId: COURT, expectedRevision: -1, events: [event] },
          command: { id: commandId, fingerprint: 'change' },
        });
        return stored[0]!.position;
      } catch (error) {
        if (!(error instanceof CommandRepeated)) throw error;
        return (await this.log.readStream(stream))[0]!.position; // it was done, and the answer was lost
      }
    });
  }

  /** @throws Error while the keeper is not there */
  private async kept(position: bigint): Promise<void> {
    const { rows } = await this.pool.query<{ position: string }>(
      `select position from "${this.schema}".checkpoints where name = 'timers'`,
    );
    const kept = BigInt(rows[0]?.position ?? 0);
    if (kept < position) throw new Error(`The keeper of the timers stays at ${kept}`);
  }
}
