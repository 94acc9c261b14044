import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { titleOf } from './signal.ts';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertLocation } from '../domain/alert.events.ts';
import { sourceKey } from '../domain/place.ts';

type ConcernEvent =
  | {
      readonly type: 'elderly-care.ConcernRaised';
      readonly data: { readonly location: AlertLocation | null };
    }
  | { readonly type: 'elderly-care.ConcernTakenBack'; readonly data: object }
  | { readonly type: 'elderly-care.ConcernClosed'; readonly data: { readonly outcome: string } };

/** Nobody has seen or heard a resident; the alert ends with the concern. */
export const concernReaction: Reaction<ConcernEvent> = {
  name: 'concern',
  follows: ['elderly-care.ConcernRaised', 'elderly-care.ConcernTakenBack', 'elderly-care.ConcernClosed'],

  react(event) {
    const residentId = idOfStream(event.stream);
    const place = sourceKey('NO_SIGN_OF_LIFE', residentId);
    switch (event.type) {
      case 'elderly-care.ConcernRaised':
        return [
          intent(alertDecider, place, {
            type: 'SignalPlace',
            kind: 'NO_SIGN_OF_LIFE',
            title: titleOf('老人长时间无动静', event.data.location, residentId),
            severity: 'SEVERE',
            drill: false,
            location: event.data.location,
            sourceId: residentId,
            at: event.at,
          }),
        ];
      case 'elderly-care.ConcernTakenBack':
        return [
          intent(alertDecider, place, { type: 'ClearPlace', outcome: 'FALSE_ALARM', note: '后来有了动静' }),
        ];
      case 'elderly-care.ConcernClosed':
        return [
          intent(alertDecider, place, { type: 'ClearPlace', outcome: 'RESOLVED', note: event.data.outcome }),
        ];
    }
  },
};
