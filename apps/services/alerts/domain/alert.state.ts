import type { AlertDescription, AlertEvent, AlertOutcome } from './alert.events.ts';

export interface AlertState extends AlertDescription {
  readonly ordinal: number;
  readonly status: 'RAISED' | 'ESCALATED' | 'ACKNOWLEDGED' | AlertOutcome;
  readonly signals: number;
  /** Times are ISO 8601 UTC. */
  readonly raisedAt: string;
  readonly lastSignalAt: string;
  readonly escalations: number;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: string | null;
  readonly resolvedAt: string | null;
  readonly note: string | null;
}

/** The alerts of a place, the newest last: those that are open, and the last of the others. */
export interface PlaceState {
  readonly alerts: readonly AlertState[];
  /** How many there were. */
  readonly raised: number;
  /** Which one the newest signal was of. */
  readonly signalled: number;
}

/** So many that are over are remembered of a place, so that a snapshot stays small. */
const MOST_OVER = 20;

export const quietPlace: PlaceState = { alerts: [], raised: 0, signalled: 0 };

export const isOpen = ({ status }: Pick<AlertState, 'status'>): boolean =>
  status !== 'RESOLVED' && status !== 'FALSE_ALARM';

/** `at` is set on every event that is read from a log. */
export function evolvePlace(state: PlaceState, event: AlertEvent): PlaceState {
  if (event.type === 'AlertRaised') {
    const { ordinal } = event.data;
    return { alerts: [...state.alerts, raised(event)], raised: ordinal, signalled: ordinal };
  }
  const known = state.alerts.find(({ ordinal }) => ordinal === event.data.ordinal);
  if (!known) return state;
  const lastSignalAt =
    event.type === 'AlertSignalled' ? later(known.lastSignalAt, event.at!) : known.lastSignalAt;
  const changed = { ...known, ...changesOf(event, known), lastSignalAt };
  const alerts = state.alerts.map((alert) => (alert === known ? changed : alert));
  if (event.type === 'AlertSignalled') return { ...state, alerts, signalled: known.ordinal };
  return { ...state, alerts: withoutOldest(alerts) };
}

/** Signals may come out of their order. */
const later = (one: string, other: string): string => (other > one ? other : one);

function raised({ data, at }: Extract<AlertEvent, { type: 'AlertRaised' }>): AlertState {
  const { escalatesAt: _escalatesAt, ...description } = data;
  return { ...description, ...NEW, raisedAt: at!, lastSignalAt: at! };
}

/** What is known of an alert when it is raised. */
export const NEW = {
  status: 'RAISED',
  signals: 1,
  escalations: 0,
  acknowledgedBy: null,
  acknowledgedAt: null,
  resolvedAt: null,
  note: null,
} as const;

/** What an event changes of what people see of an alert. */
export function changesOf(
  event: AlertEvent,
  { signals }: Pick<AlertState, 'signals'>,
): Partial<Omit<AlertState, 'lastSignalAt'>> {
  const at = event.at!;
  switch (event.type) {
    case 'AlertSignalled':
      return { signals: signals + 1 };
    case 'AlertEscalated':
      return { status: 'ESCALATED', escalations: event.data.step };
    case 'AlertAcknowledged':
      return { status: 'ACKNOWLEDGED', acknowledgedAt: at, acknowledgedBy: event.data.by };
    case 'AlertResolved':
      return { status: event.data.outcome, resolvedAt: at, note: event.data.note };
    default:
      return {};
  }
}

function withoutOldest(alerts: readonly AlertState[]): readonly AlertState[] {
  const over = alerts.filter((alert) => !isOpen(alert));
  const forgotten = over.slice(0, Math.max(0, over.length - MOST_OVER));
  return alerts.filter((alert) => !forgotten.includes(alert));
}
