import type { AlertEvent, AlertOutcome } from './alert.events.ts';

export interface AlertState {
  readonly ordinal: number;
  readonly status: 'RAISED' | 'ESCALATED' | 'ACKNOWLEDGED' | AlertOutcome;
  /** ISO 8601 UTC. */
  readonly raisedAt: string;
  readonly lastSignalAt: string;
  readonly steps: number;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: string | null;
}

/** The alerts of a place, the newest last. */
export interface PlaceState {
  readonly alerts: readonly AlertState[];
}

export const quietPlace: PlaceState = { alerts: [] };

export const isOpen = ({ status }: AlertState): boolean => status !== 'RESOLVED' && status !== 'FALSE_ALARM';

/** `at` is set on every event that is read from a log. */
export function evolvePlace(state: PlaceState, event: AlertEvent): PlaceState {
  const at = event.at!;
  switch (event.type) {
    case 'AlertRaised':
      return { alerts: [...state.alerts, raised(event.data.ordinal, at)] };
    case 'AlertSignalled':
      return change(state, event.data.ordinal, ({ lastSignalAt }) => ({
        lastSignalAt: at > lastSignalAt ? at : lastSignalAt,
      }));
    case 'AlertEscalated':
      return change(state, event.data.ordinal, () => ({ status: 'ESCALATED', steps: event.data.step }));
    case 'AlertAcknowledged':
      return change(state, event.data.ordinal, () => ({
        status: 'ACKNOWLEDGED',
        acknowledgedBy: event.data.by,
        acknowledgedAt: at,
      }));
    case 'AlertResolved':
      return change(state, event.data.ordinal, () => ({ status: event.data.outcome }));
    default:
      return state;
  }
}

const raised = (ordinal: number, at: string): AlertState => ({
  ordinal,
  status: 'RAISED',
  raisedAt: at,
  lastSignalAt: at,
  steps: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
});

function change(
  { alerts }: PlaceState,
  ordinal: number,
  by: (alert: AlertState) => Partial<AlertState>,
): PlaceState {
  return { alerts: alerts.map((alert) => (alert.ordinal === ordinal ? { ...alert, ...by(alert) } : alert)) };
}
