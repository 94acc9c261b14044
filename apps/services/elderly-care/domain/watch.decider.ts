import { reject, rejectInput } from '@weinao/events';
import type { Decider, DecisionContext } from '@weinao/events';
import type { CareRules } from './care.rules.ts';
import { decideOfItself } from './own-decisions.ts';
import { dueAfter, signOfLife } from './sign-of-life.ts';
import type { PeoplesCommand, WatchCommand } from './watch.commands.ts';
import type { ConcernOutcome, WatchEvent } from './watch.events.ts';
import { evolveWatch, isWatched, nothingKnown } from './watch.state.ts';
import type { WatchState } from './watch.state.ts';

type Context = DecisionContext<CareRules>;

/** One resident: watched, with consent, until a concern is raised because there was no sign of life for too long. */
export const watchDecider: Decider<WatchState, WatchCommand, WatchEvent, CareRules> = {
  category: 'watch',
  initial: nothingKnown,
  snapshots: { version: 1 },
  evolve: evolveWatch,

  decide(command, state, context) {
    return isOfPeople(command)
      ? decideForPeople(command, state, context)
      : decideOfItself(command, state, context);
  },
};

const PEOPLES = ['StartWatch', 'PauseWatch', 'ResumeWatch', 'EndWatch', 'RecordSignOfLife', 'CloseConcern'];

const isOfPeople = (command: WatchCommand): command is PeoplesCommand => PEOPLES.includes(command.type);

function decideForPeople(command: PeoplesCommand, state: WatchState, context: Context): WatchEvent[] {
  const { now } = context;
  if (command.type === 'StartWatch') {
    if (isWatched(state)) reject('WATCH_ALREADY_STARTED', 'The resident is watched already.');
    const { type: _type, ...watch } = command;
    return [{ type: 'WatchStarted', data: { ...watch, dueAt: dueAfter(now, watch.thresholdHours) } }];
  }
  if (!isWatched(state)) reject('NOT_FOUND', 'Nobody watches this resident here.');
  switch (command.type) {
    case 'PauseWatch':
      if (state.status === 'CONCERN') reject('CONCERN_OPEN', 'Close the concern before the watch is paused.');
      if (command.until !== null && command.until <= now)
        rejectInput('until', 'inTheFuture', 'until must lie in the future');
      return [{ type: 'WatchPaused', data: { until: command.until, reason: command.reason } }];
    case 'ResumeWatch':
      if (state.status !== 'PAUSED') reject('WATCH_NOT_PAUSED', 'The watch is not paused.');
      return [{ type: 'WatchResumed', data: { dueAt: dueAfter(now, state.thresholdHours) } }];
    case 'EndWatch':
      if (state.status === 'CONCERN') reject('CONCERN_OPEN', 'Close the concern before the watch is ended.');
      return [{ type: 'WatchEnded', data: { reason: command.reason } }];
    case 'RecordSignOfLife':
      if (command.at !== undefined && command.at > now)
        rejectInput('at', 'notInTheFuture', 'at must not lie in the future');
      return signOfLife(command.source, command.at ?? now, state, context);
    case 'CloseConcern':
      return close(command, state, context);
  }
}

const ENDING: readonly ConcernOutcome[] = ['MOVED', 'DIED'];

function close(
  { outcome, note }: Extract<PeoplesCommand, { type: 'CloseConcern' }>,
  { status, thresholdHours }: WatchState,
  { now }: Context,
): WatchEvent[] {
  if (status !== 'CONCERN') reject('CONCERN_NOT_OPEN', 'There is no concern to be closed.');
  if (!ENDING.includes(outcome))
    return [{ type: 'ConcernClosed', data: { outcome, note, dueAt: dueAfter(now, thresholdHours) } }];
  return [
    { type: 'ConcernClosed', data: { outcome, note, dueAt: null } },
    { type: 'WatchEnded', data: { reason: outcome } },
  ];
}
