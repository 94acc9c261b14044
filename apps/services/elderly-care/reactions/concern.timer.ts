import { idOfStream, intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { watchDecider } from '../domain/watch.decider.ts';
import type { WatchEvent } from '../domain/watch.events.ts';

/** Nobody goes unnoticed for longer than agreed: due when the hours since the last sign of life are over. */
export const concernTimer: Timer<WatchEvent> = {
  name: 'concern',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    switch (type) {
      case 'WatchStarted':
      case 'WatchResumed':
      case 'SignOfLifeSeen':
      case 'ConcernTakenBack':
      case 'ConcernClosed':
        return data.dueAt === null ? [] : [{ set: { key, due: data.dueAt } }];
      case 'WatchPaused':
      case 'WatchEnded':
        return [{ cancel: { key } }];
      default:
        return [];
    }
  },

  fire({ key, due }, { late }) {
    return [intent(watchDecider, key, { type: 'RaiseConcern', dueAt: due, late })];
  },
};
