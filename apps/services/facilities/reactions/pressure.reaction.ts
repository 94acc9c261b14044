import { idOfStream, intent } from '@weinao/events';
import type { Reaction } from '@weinao/events';
import { hydrantDecider } from '../domain/hydrant.decider.ts';

interface ReadingReceived {
  readonly type: 'devices.ReadingReceived';
  readonly data: { readonly kind: string; readonly values: { readonly pressureKPa?: unknown } };
}

/** A gauge has the id of the hydrant that it hangs on. */
export const pressureReaction: Reaction<ReadingReceived> = {
  name: 'pressure',
  follows: ['devices.ReadingReceived'],

  react({ stream, at, data: { kind, values } }) {
    const { pressureKPa } = values;
    if (kind !== 'HYDRANT' || typeof pressureKPa !== 'number') return [];
    return [intent(hydrantDecider, idOfStream(stream), { type: 'SensePressure', pressureKPa, at })];
  },
};
