import type { AlertDescription, AlertOutcome } from './alert.events.ts';

export interface Signal extends AlertDescription {
  /** When it was so, where that is earlier than now; ISO 8601 UTC. */
  readonly at?: string;
}

export type AlertCommand =
  /** Something says that there is something: raises an alert, or is one more signal of it. */
  | ({ readonly type: 'SignalPlace' } & Signal)
  /** The same where the community wants it so. */
  | ({ readonly type: 'SignalSilentDevice' } & Signal)
  | { readonly type: 'AcknowledgeAlert'; readonly ordinal: number }
  | {
      readonly type: 'ResolveAlert';
      readonly ordinal: number;
      readonly outcome: AlertOutcome;
      readonly note: string | null;
    }
  | { readonly type: 'EscalateAlert'; readonly ordinal: number; readonly step: number }
  /** Whatever is open of this place is over. */
  | { readonly type: 'ClearPlace'; readonly outcome: AlertOutcome; readonly note: string | null };
