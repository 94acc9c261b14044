import type { Bus } from '@weinao/events';

export interface OpenBus {
  readonly bus: Bus;
  /** A second connection; the same bus where there are no connections. */
  another(): Promise<Bus>;
  close(): Promise<void>;
}

export interface BusUnderTest {
  readonly bus: Bus;
  readonly other: Bus;
  /** Makes a subject that no other test uses, because a server is shared by all. */
  subject(name: string): string;
}
