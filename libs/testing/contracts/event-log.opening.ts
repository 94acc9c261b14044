import type { EventLog } from '@weinao/events';

export interface OpenEventLog {
  /** Empty. */
  readonly log: EventLog;
  /** A second appender onto the same log, as another process would have one. */
  another(): Promise<EventLog>;
  close(): Promise<void>;
}
