import type { ConcernOutcome, SignOfLifeSource } from './watch.events.ts';

interface Sign {
  readonly source: SignOfLifeSource;
  /** ISO 8601 UTC; now, where it is left out. */
  readonly at?: string;
}

/** What people ask. */
export type PeoplesCommand =
  | {
      readonly type: 'StartWatch';
      readonly thresholdHours: number;
      readonly consentGivenBy: string;
      readonly kinPhone: string | null;
    }
  | { readonly type: 'PauseWatch'; readonly until: string | null; readonly reason: string }
  | { readonly type: 'ResumeWatch' }
  | { readonly type: 'EndWatch'; readonly reason: string }
  | ({ readonly type: 'RecordSignOfLife' } & Sign)
  | { readonly type: 'CloseConcern'; readonly outcome: ConcernOutcome; readonly note: string | null };

/** What timers want, and what other plugins tell of. None of it is refused: where it concerns nobody, nothing happens. */
export type OwnCommand =
  | { readonly type: 'RaiseConcern'; readonly dueAt: string; readonly late: boolean }
  | { readonly type: 'EscalateConcern'; readonly step: number }
  | { readonly type: 'EndPause'; readonly until: string }
  | ({ readonly type: 'SenseSignOfLife' } & Sign)
  | { readonly type: 'PlaceResident'; readonly building?: string | null; readonly unit?: string | null }
  | { readonly type: 'ResidentLeft' }
  | { readonly type: 'AttachDevice'; readonly deviceId: string }
  | { readonly type: 'DetachDevice'; readonly deviceId: string }
  | { readonly type: 'DeviceFellSilent'; readonly deviceId: string }
  | { readonly type: 'DeviceIsBack'; readonly deviceId: string };

export type WatchCommand = PeoplesCommand | OwnCommand;
