import { isDeepStrictEqual } from 'node:util';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';

/** Below, reading and folding the events costs less than looking for a snapshot and writing one (docs/adr/0013). */
export const EVENTS_WORTH_A_SNAPSHOT = 1_000;

/** What a decider says of its snapshots, if it wants any. */
interface Snapshotting {
  readonly snapshots?: { readonly version: number };
}

interface Reached {
  readonly state: unknown;
  readonly revision: number;
  /** Since the last snapshot. */
  readonly history: readonly { readonly id: string }[];
}

/** Uses a store as what it is, a cache: no failure of it reaches a command. */
export class Snapshots {
  constructor(
    private readonly store: SnapshotStore,
    private readonly report: (message: string, error: unknown) => void,
  ) {}

  async find({ snapshots }: Snapshotting, stream: string): Promise<Snapshot | undefined> {
    if (!snapshots) return undefined;
    try {
      return await this.store.load(stream, snapshots.version);
    } catch (error) {
      this.report(`The snapshot of ${stream} cannot be read; all its events are`, error);
      return undefined;
    }
  }

  /** Keeps the state where many events lie behind it since the last snapshot, or since the beginning. */
  async keep({ snapshots }: Snapshotting, stream: string, reached: Reached): Promise<void> {
    const { state, revision, history } = reached;
    if (!snapshots || history.length <= EVENTS_WORTH_A_SNAPSHOT) return;
    const eventId = history.at(-1)!.id;
    try {
      assertPlainJson(state);
      await this.store.save({ stream, version: snapshots.version, revision, eventId, state });
    } catch (error) {
      this.report(`No snapshot of ${stream} is kept`, error);
    }
  }
}

/** A date, a map or an undefined property would come back as something else. */
function assertPlainJson(state: unknown): void {
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) return;
  throw new Error('The state is not plain JSON: it would come back as another one');
}
