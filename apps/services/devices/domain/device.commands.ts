import type { DeviceKind, DeviceLocation, Values } from './device.events.ts';

export type DeviceCommand =
  | {
      readonly type: 'RegisterDevice';
      readonly kind: DeviceKind;
      readonly model: string | null;
      readonly location: DeviceLocation | null;
      readonly silentAfterSeconds: number;
      readonly residentId: string | null;
      readonly tokenHash: string;
    }
  | { readonly type: 'RetireDevice' }
  | {
      readonly type: 'TakeReading';
      readonly messageId: string | null;
      /** The reading's own time, ISO 8601 UTC; null where the device has no clock. */
      readonly at: string | null;
      readonly values: Values;
    }
  /** It was not heard until then. */
  | { readonly type: 'ReportSilence'; readonly dueAt: string };
