import { idOfStream, intent } from '@weinao/events';
import type { Timer, TimerChange } from '@weinao/events';
import { watchDecider } from '../domain/watch.decider.ts';
import type { WatchEvent } from '../domain/watch.events.ts';

interface NextStep {
  readonly step: number;
}

/** A concern that nobody closes escalates, step by step. */
export const escalationTimer: Timer<WatchEvent, NextStep> = {
  name: 'escalation',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    switch (type) {
      case 'ConcernRaised':
        return next(key, data.escalatesAt, 1);
      case 'ConcernEscalated':
        return next(key, data.escalatesAt, data.step + 1);
      case 'ConcernTakenBack':
      case 'ConcernClosed':
      case 'WatchEnded':
        return [{ cancel: { key } }];
      default:
        return [];
    }
  },

  fire({ key, data: { step } }) {
    return [intent(watchDecider, key, { type: 'EscalateConcern', step })];
  },
};

const next = (key: string, due: string | null, step: number): TimerChange<NextStep>[] =>
  due === null ? [] : [{ set: { key, due, data: { step } } }];
