/** The state of a stream after one of its events. */
export interface Snapshot {
  readonly stream: string;
  /** Of the decider's snapshots: whoever folds otherwise has another one. */
  readonly version: number;
  /** Of the last event behind the state. */
  readonly revision: number;
  readonly eventId: string;
  /** A JSON value. */
  readonly state: unknown;
}

/**
 * Keeps one snapshot a stream. A cache: whatever is missing from it, or wrong with it, changes no answer, so it need not
 * be kept with the care that the log needs.
 */
export interface SnapshotStore {
  /** @returns undefined where there is none of this version, or where it is not what was saved. */
  load(stream: string, version: number): Promise<Snapshot | undefined>;
  /** In place of whatever the stream had. */
  save(snapshot: Snapshot): Promise<void>;
}
