import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { watchDecider } from '../domain/watch.decider.ts';

interface Place {
  readonly building?: string | null;
  readonly unit?: string | null;
}

type ResidentEvent =
  | { readonly type: 'residents.ResidentRegistered'; readonly data: Place }
  | { readonly type: 'residents.ResidentAmended'; readonly data: Place }
  | { readonly type: 'residents.ResidentMovedOut'; readonly data: object };

/** Where somebody lives, so that help knows where to go; and nobody is missed who moved out. */
export const residentReaction: Reaction<ResidentEvent> = {
  name: 'resident',
  follows: ['residents.ResidentRegistered', 'residents.ResidentAmended', 'residents.ResidentMovedOut'],

  react(event) {
    const id = idOfStream(event.stream);
    if (event.type === 'residents.ResidentMovedOut')
      return [intent(watchDecider, id, { type: 'ResidentLeft' })];
    const { building, unit } = event.data;
    return [
      intent(watchDecider, id, {
        type: 'PlaceResident',
        ...(building !== undefined && { building }),
        ...(unit !== undefined && { unit }),
      }),
    ];
  },
};
