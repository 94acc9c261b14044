export type DeviceKind =
  | 'SMOKE_ALARM'
  | 'DOOR'
  | 'MOTION'
  | 'WATER_METER'
  | 'HYDRANT'
  | 'GATE'
  | 'PEOPLE_COUNTER'
  | 'BUTTON'
  | 'OTHER';

export type ActivitySource = 'DOOR' | 'GATE' | 'MOTION' | 'WATER';

export interface DeviceLocation {
  readonly address?: string | null;
  readonly building?: string | null;
  readonly unit?: string | null;
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number } | null;
}

/** What a device says, by the names that it uses. */
export type Values = Readonly<Record<string, unknown>>;

/** So that others need no memory of the device. */
interface OfDevice {
  readonly kind: DeviceKind;
  /** Whom it tells of; null for what belongs to nobody. */
  readonly residentId: string | null;
}

/** Of one device, whose id names the stream. `at` of what follows from a reading is the reading's own time. */
export type DeviceEvent =
  | {
      readonly type: 'DeviceRegistered';
      readonly data: OfDevice & {
        readonly model: string | null;
        readonly location: DeviceLocation | null;
        readonly silentAfterSeconds: number;
        /** SHA-256 of its token, in hexadecimal digits. */
        readonly tokenHash: string;
        /** When it counts as silent unless it is heard before; ISO 8601 UTC. */
        readonly silentAt: string;
      };
      readonly at?: string;
    }
  | { readonly type: 'DeviceRetired'; readonly data: OfDevice; readonly at?: string }
  | {
      readonly type: 'ReadingReceived';
      readonly data: OfDevice & {
        readonly messageId: string | null;
        readonly values: Values;
        /** As above; null where a newer reading is known. */
        readonly silentAt: string | null;
      };
      readonly at?: string;
    }
  /** Somebody moved, went through a door or used water: a sign of life. */
  | {
      readonly type: 'ActivityDetected';
      readonly data: {
        readonly source: ActivitySource;
        readonly residentId: string | null;
        readonly location: DeviceLocation | null;
      };
      readonly at?: string;
    }
  /** A smoke alarm sounds: with each reading that says so. */
  | {
      readonly type: 'SmokeDetected';
      readonly data: { readonly location: DeviceLocation | null };
      readonly at?: string;
    }
  | {
      readonly type: 'SmokeCleared';
      readonly data: { readonly location: DeviceLocation | null };
      readonly at?: string;
    }
  | {
      readonly type: 'DeviceFellSilent';
      readonly data: OfDevice & {
        readonly location: DeviceLocation | null;
        readonly lastSeenAt: string | null;
      };
      readonly at?: string;
    }
  | { readonly type: 'DeviceIsBack'; readonly data: OfDevice; readonly at?: string };
