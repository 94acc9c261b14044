import type { DecisionContext } from '@weinao/events';
import type { SignOfLifeSource, WatchEvent } from './watch.events.ts';
import type { WatchState } from './watch.state.ts';

const HOUR_MS = 3_600_000;

export const dueAfter = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString();

/** From when the hours are counted that led to what is due, or to the concern. */
const countedFrom = ({ dueAt, concernSince, thresholdHours }: WatchState): string =>
  dueAfter((dueAt ?? concernSince)!, -thresholdHours);

/**
 * A sign that is newer than what the hours are counted from counts them anew, and takes a concern back, though it should
 * come late: had it come in time, there would have been none. An older one is kept, and changes nothing.
 */
export function signOfLife(
  source: SignOfLifeSource,
  at: string,
  state: WatchState,
  { now }: Pick<DecisionContext, 'now'>,
): WatchEvent[] {
  const signAt = at > now ? now : at; // a device's clock may be a little fast
  const sign = { source, signAt };
  if (state.status === 'PAUSED') return [{ type: 'SignOfLifeSeen', data: { ...sign, dueAt: null } }];
  if (signAt <= countedFrom(state))
    return [{ type: 'SignOfLifeSeen', data: { ...sign, dueAt: state.dueAt } }];
  const dueAt = dueAfter(signAt, state.thresholdHours);
  return [
    { type: state.status === 'CONCERN' ? 'ConcernTakenBack' : 'SignOfLifeSeen', data: { ...sign, dueAt } },
  ];
}
