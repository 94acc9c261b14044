import { intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { watchDecider } from '../domain/watch.decider.ts';
import type { SignOfLifeSource } from '../domain/watch.events.ts';

interface ActivityDetected {
  readonly type: 'devices.ActivityDetected';
  readonly data: {
    readonly source: Extract<SignOfLifeSource, 'DOOR' | 'GATE' | 'MOTION' | 'WATER'>;
    readonly residentId: string | null;
  };
}

/** A door, a gate, a movement or water of somebody’s is a sign of life. */
export const activityReaction: Reaction<ActivityDetected> = {
  name: 'activity',
  follows: ['devices.ActivityDetected'],

  react({ at, data: { source, residentId } }) {
    if (residentId === null) return [];
    return [intent(watchDecider, residentId, { type: 'SenseSignOfLife', source, at })];
  },
};
