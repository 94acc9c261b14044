import { idOfStream, intent } from '@weinao/events';
import type { Recorded, Timer, TimerChange } from '@weinao/events';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertEvent } from '../domain/alert.events.ts';
import { alertId } from '../domain/place.ts';

/** Which step of which alert comes next. */
interface NextStep {
  readonly place: string;
  readonly ordinal: number;
  readonly step: number;
}

/** An alert that nobody acknowledges escalates, step by step. */
export const escalationTimer: Timer<AlertEvent, NextStep> = {
  name: 'escalation',
  version: 1,

  changes(event) {
    switch (event.type) {
      case 'AlertRaised':
        return next(event, 1);
      case 'AlertEscalated':
        return next(event, event.data.step + 1);
      case 'AlertAcknowledged':
      case 'AlertResolved':
        return [{ cancel: { key: keyOf(event) } }];
      default:
        return [];
    }
  },

  fire({ data: { place, ordinal, step } }) {
    return [intent(alertDecider, place, { type: 'EscalateAlert', ordinal, step })];
  },
};

const keyOf = ({ stream, data }: Recorded<AlertEvent>): string => alertId(idOfStream(stream), data.ordinal);

function next(
  event: Extract<Recorded<AlertEvent>, { type: 'AlertRaised' | 'AlertEscalated' }>,
  step: number,
): TimerChange<NextStep>[] {
  const { escalatesAt, ordinal } = event.data;
  if (escalatesAt === null) return [];
  const data = { place: idOfStream(event.stream), ordinal, step };
  return [{ set: { key: keyOf(event), due: escalatesAt, data } }];
}
