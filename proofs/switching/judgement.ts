import type pg from 'pg';
import type { SwitchingInvariant } from './switching.invariants.ts';
import { SWITCHED } from './estate.ts';
import type { Findings } from '../course/findings.ts';
import { errandOf, isReceipt } from '../errands/receipts.ts';
import type { StoredEvent } from '../servers/stored-log.ts';

/** From when on nothing may be done, until it is turned on again; in milliseconds since 1970. */
export interface Rest {
  readonly from: number;
  readonly until: number;
}

export async function judgeRests(
  findings: Findings<SwitchingInvariant>,
  pool: pg.Pool,
  rests: readonly Rest[],
): Promise<void> {
  const { rows } = await pool.query<{ stream: string; at: Date }>(
    `select stream, at from errands.events where metadata->>'communityId' = $1`,
    [SWITCHED],
  );
  for (const { from, until } of rests) {
    const done = rows.find(({ at }) => at.getTime() > from && at.getTime() < until);
    findings.check('absent', done && `${done.stream} has an event of ${done.at.toISOString()}`);
  }
}

/** A receipt by the reaction for each event of an errand, and one by the timer for each errand. */
export function judgeReceipts(findings: Findings<SwitchingInvariant>, events: readonly StoredEvent[]): void {
  const ofErrands = events.filter((event) => !isReceipt(event));
  const receipts = Map.groupBy(
    events.filter(isReceipt),
    ({ data: { by, of } }) => `${String(by)} ${String(of)}`,
  );
  const judge = (invariant: 'reactions' | 'timers', cause: string): void => {
    const done = receipts.get(cause)?.length ?? 0;
    findings.check(invariant, done !== 1 && `the ${cause} was done ${done} times`);
  };
  for (const { id } of ofErrands) judge('reactions', `reaction ${id}`);
  for (const { stream } of ofErrands) judge('timers', `timer ${errandOf(stream)}`);
}

/** One for each event of an errand, and one more for each errand; here an errand is opened, and that is all. */
export const receiptsMissing = (events: readonly StoredEvent[]): number => {
  const written = events.filter(isReceipt).length;
  return 2 * (events.length - written) - written;
};
