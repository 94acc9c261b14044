import { idOfStream, intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { watchDecider } from '../domain/watch.decider.ts';
import type { WatchEvent } from '../domain/watch.events.ts';

/** A pause is over when it was to be. */
export const pauseTimer: Timer<WatchEvent> = {
  name: 'pause',
  version: 1,

  changes({ type, data, stream }) {
    const key = idOfStream(stream);
    if (type === 'WatchPaused' && data.until !== null) return [{ set: { key, due: data.until } }];
    const isOver = type === 'WatchPaused' || type === 'WatchResumed' || type === 'WatchEnded';
    return isOver ? [{ cancel: { key } }] : [];
  },

  fire({ key, due }) {
    return [intent(watchDecider, key, { type: 'EndPause', until: due })];
  },
};
