import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertLocation } from '../domain/alert.events.ts';
import { placeKey } from '../domain/place.ts';
import { titleOf } from './signal.ts';

interface SmokeDetected {
  readonly type: 'devices.SmokeDetected';
  readonly data: { readonly location: AlertLocation | null };
}

/** A smoke alarm that sounds: all alarms of one stairwell are one place. */
export const smokeReaction: Reaction<SmokeDetected> = {
  name: 'smoke',
  follows: ['devices.SmokeDetected'],
  fleeting: true, // where nobody was listening, an old smoke is no alert

  react({ stream, at, data: { location } }) {
    const sourceId = idOfStream(stream);
    const alert = { kind: 'SMOKE', drill: false, location, sourceId } as const;
    const title = titleOf('烟感报警', location, sourceId);
    return [
      intent(alertDecider, placeKey(alert)!, {
        type: 'SignalPlace',
        ...alert,
        at,
        title,
        severity: 'EXTREME',
      }),
    ];
  },
};
