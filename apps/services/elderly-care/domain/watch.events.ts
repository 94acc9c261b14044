export type SignOfLifeSource = 'DOOR' | 'GATE' | 'MOTION' | 'WATER' | 'CALL' | 'VISIT' | 'MANUAL';
export type ConcernOutcome = 'SAFE' | 'HELPED' | 'MOVED' | 'DIED';

/** Times are ISO 8601 UTC. */
interface Due {
  /** When a concern is raised unless there is a sign of life before; null where none is to be. */
  readonly dueAt: string | null;
}

interface Escalating {
  /** When it escalates unless it ends before; null where it never does. */
  readonly escalatesAt: string | null;
}

interface OfDevice {
  readonly deviceId: string;
}

/** Of one resident, whose id names the stream. */
export type WatchEvent =
  | {
      readonly type: 'WatchStarted';
      readonly data: Due & {
        readonly thresholdHours: number;
        readonly consentGivenBy: string;
        readonly kinPhone: string | null;
      };
      readonly at?: string;
    }
  /** `until` is null where it ends only by hand. */
  | {
      readonly type: 'WatchPaused';
      readonly data: { readonly until: string | null; readonly reason: string };
      readonly at?: string;
    }
  | { readonly type: 'WatchResumed'; readonly data: Due; readonly at?: string }
  | { readonly type: 'WatchEnded'; readonly data: { readonly reason: string }; readonly at?: string }
  | {
      readonly type: 'SignOfLifeSeen';
      readonly data: Due & { readonly source: SignOfLifeSource; readonly signAt: string };
      readonly at?: string;
    }
  | {
      readonly type: 'ConcernRaised';
      readonly data: Escalating & {
        /** When it was due. */
        readonly since: string;
        readonly lastSignOfLifeAt: string | null;
        readonly thresholdHours: number;
        readonly location: { readonly building: string | null; readonly unit: string | null } | null;
        /** Noticed more than a minute after it was due: nothing ran, or the plugin was off. */
        readonly late: boolean;
      };
      readonly at?: string;
    }
  | {
      readonly type: 'ConcernEscalated';
      readonly data: Escalating & { readonly step: number };
      readonly at?: string;
    }
  | {
      readonly type: 'ConcernTakenBack';
      readonly data: Due & { readonly source: SignOfLifeSource; readonly signAt: string };
      readonly at?: string;
    }
  | {
      readonly type: 'ConcernClosed';
      readonly data: Due & { readonly outcome: ConcernOutcome; readonly note: string | null };
      readonly at?: string;
    }
  | {
      readonly type: 'ResidentPlaced';
      readonly data: { readonly building: string | null; readonly unit: string | null };
      readonly at?: string;
    }
  /** A device that would tell of the resident. */
  | { readonly type: 'DeviceAttached'; readonly data: OfDevice; readonly at?: string }
  | { readonly type: 'DeviceDetached'; readonly data: OfDevice; readonly at?: string }
  | { readonly type: 'DeviceWentQuiet'; readonly data: OfDevice; readonly at?: string }
  | { readonly type: 'DeviceWasHeard'; readonly data: OfDevice; readonly at?: string };
