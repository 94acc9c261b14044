import type { Pool } from 'pg';
import type { LookupReaction, Reaction } from './reaction.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../decision/command-handler.ts';
import type { Communities } from '../decision/communities.ts';
import type { IntentReporter } from '../decision/intent.ts';
import type { Snapshots } from '../decision/snapshots.ts';
import type { EventLog } from '../log/event-log.ts';

export interface ReactorOptions {
  /** Whose reaction it is; also the schema of its checkpoints. */
  readonly plugin: string;
  readonly reaction: Reaction | LookupReaction;
  readonly pool: Pool;
  readonly log: EventLog;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly communities: Communities;
  /** Without them, every event of a stream is read for each command. */
  readonly snapshots?: Snapshots | undefined;
  readonly report: IntentReporter;
}
