import type { Alarm } from './alarms.ts';
import { COURT } from './clock.ts';
import type { SteppedClock } from './clock.ts';
import type { TimersInvariant } from './timers.invariants.ts';
import type { Findings } from '../course/findings.ts';

export interface Rang {
  readonly position: bigint;
  readonly stream: string;
  readonly turn: number;
  /** In ms since 1970, by the stepped clock. */
  readonly at: number;
}

const told = ({ key, turn, due }: Alarm): string =>
  `alarm ${key}, set for the ${turn}. time, due ${new Date(due).toISOString()},`;

/** Holds what rang against what was asked for. */
export function judge(
  findings: Findings<TimersInvariant>,
  alarms: readonly Alarm[],
  rang: readonly Rang[],
  clock: SteppedClock,
): void {
  const byAlarm = Map.groupBy(rang, ({ stream, turn }) => `${stream} ${turn}`);
  for (const alarm of alarms) {
    const rings = byAlarm.get(`alarm/${COURT}/${alarm.key} ${alarm.turn}`) ?? [];
    if (!alarm.revoked) findings.check('fired', rings.length === 0 && `${told(alarm)} did not fire`);
    findings.check('once', rings.length > 1 && `${told(alarm)} fired ${rings.length} times`);
    for (const ring of rings) findings.check('early', tooEarly(alarm, ring, clock));
    const { revokedBy } = alarm;
    if (revokedBy === undefined) continue;
    const late = rings.find(({ position }) => position > revokedBy);
    const where =
      late && `fired at ${late.position}, though its end had been kept when the log was at ${revokedBy}`;
    findings.check('cancelled', late && `${told(alarm)} ${where}`);
  }
}

function tooEarly(alarm: Alarm, { at }: Rang, clock: SteppedClock): string | false {
  const shown = new Date(at).toISOString();
  if (at < alarm.due) return `${told(alarm)} fired at ${shown}`;
  return !clock.hasShown(at) && `${told(alarm)} says that it fired at ${shown}, which the clock never showed`;
}
