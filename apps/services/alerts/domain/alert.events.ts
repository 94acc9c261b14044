export type AlertKind = 'SMOKE' | 'NO_SIGN_OF_LIFE' | 'DEVICE_OFFLINE' | 'CROWD' | 'OTHER';
export type Severity = 'EXTREME' | 'SEVERE' | 'MODERATE' | 'MINOR';
export type AlertOutcome = 'RESOLVED' | 'FALSE_ALARM';

export interface AlertLocation {
  readonly address?: string | null;
  readonly building?: string | null;
  readonly unit?: string | null;
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number } | null;
}

/** What an alert is about. */
export interface AlertDescription {
  readonly kind: AlertKind;
  readonly title: string;
  readonly severity: Severity;
  /** An exercise: runs the whole chain and pages nobody outside. */
  readonly drill: boolean;
  readonly location: AlertLocation | null;
  /** The device or resident that it comes from; null where a person raised it. */
  readonly sourceId: string | null;
}

/** Counts the alerts of a place: an alert is known as `<place>.<ordinal>`. */
interface OfAlert {
  readonly ordinal: number;
}

/** Of one place, which has one alert after the other. */
export type AlertEvent =
  | {
      readonly type: 'AlertRaised';
      readonly data: AlertDescription &
        OfAlert & {
          /** When it escalates unless somebody acknowledges it; null where it never does. */
          readonly escalatesAt: string | null;
        };
      readonly at?: string;
    }
  /** Another signal of what the alert is about. */
  | {
      readonly type: 'AlertSignalled';
      readonly data: OfAlert & { readonly sourceId: string | null };
      readonly at?: string;
    }
  | {
      readonly type: 'AlertEscalated';
      readonly data: OfAlert & {
        /** From 1. */
        readonly step: number;
        readonly escalatesAt: string | null;
      };
      readonly at?: string;
    }
  | {
      readonly type: 'AlertAcknowledged';
      readonly data: OfAlert & { readonly by: string };
      readonly at?: string;
    }
  | {
      readonly type: 'AlertResolved';
      readonly data: OfAlert & { readonly outcome: AlertOutcome; readonly note: string | null };
      readonly at?: string;
    };
