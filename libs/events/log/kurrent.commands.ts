import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType, jsonEvent } from '@kurrent/kurrentdb-client';
import { CommandRepeated, VersionConflict } from './event-log.ts';
import type { AppendRequest, KnownCommand } from './event-log.ts';
import { isOf } from './kurrent.connection.ts';
import type { KurrentConnection } from './kurrent.connection.ts';
import { isOfAttempt } from './kurrent.record.ts';

/** What is written down before the events are: where they are to stand. */
interface Plan {
  readonly stream: string;
  readonly fingerprint: string;
  readonly expectedRevision: number;
  readonly events: number;
}

interface Attempt extends Plan {
  readonly number: number;
}

/** `dead`: another event stands where its first one should, and it can never be done any more. `open`: it can. */
type State = 'done' | 'dead' | 'open';

/** How long the newest attempt gets to finish, before its command is taken over. */
const PATIENCE_MS = [10, 20, 40, 80, 160, 320];

/**
 * Which commands were done. Each has a stream of its own with its attempts: one is written before its events, and is
 * done once its first event stands at the revision that it named. A stream's revisions never change, so an attempt that
 * finds another event there will never be done, and of two that name the same revision the server lets one through.
 * Thus a command is done once, whoever dies between the two writes, and nobody has to clean up.
 */
export class KurrentCommands {
  constructor(
    private readonly connection: KurrentConnection,
    private readonly plugin: string,
  ) {}

  /** One read for an unknown command, two for a known one. */
  async find(id: string): Promise<KnownCommand | undefined> {
    for (const attempt of await this.attempts(id)) {
      if ((await this.state(id, attempt)) === 'done') return known(attempt);
    }
    return undefined;
  }

  /**
   * Writes down that these events are about to be appended; without events, this is all there is to do.
   *
   * @returns the number of the attempt, 0 for a command that nobody began before
   * @throws CommandRepeated, VersionConflict
   */
  async begin(request: AppendRequest): Promise<number> {
    for (let attempts: Attempt[] = []; ; attempts = await this.attempts(request.command.id)) {
      for (const attempt of attempts) await this.giveWay(request, attempt, attempt === attempts.at(-1));
      try {
        await this.write(request, attempts.length);
        return attempts.length;
      } catch (error) {
        if (!isOf(error, ErrorType.WRONG_EXPECTED_VERSION)) throw error; // somebody began it meanwhile: look at that
      }
    }
  }

  private async write({ command, stream, expectedRevision, events }: AppendRequest, number: number) {
    const { fingerprint } = command;
    const plan = { stream, fingerprint, expectedRevision, events: events.length } satisfies Plan;
    const written = jsonEvent({ type: 'CommandAttempted', data: plan });
    await this.connection.append(this.streamOf(command.id), number - 1, [written]);
  }

  private async attempts(id: string): Promise<Attempt[]> {
    const written = await this.connection.readStream(this.streamOf(id), 0);
    return written.map(({ data }, number) => ({ ...(data as unknown as Plan), number }));
  }

  /** Returns where an earlier attempt cannot make this one a second doing of the command. */
  private async giveWay(request: AppendRequest, earlier: Attempt, isNewest: boolean): Promise<void> {
    const { id } = request.command;
    const state = await (isNewest ? this.stateAtLast(id, earlier) : this.state(id, earlier));
    if (state === 'dead') return;
    // an open one elsewhere may still be done there, so its id is taken
    if (state === 'done' || earlier.stream !== request.stream) throw new CommandRepeated(known(earlier));
    if (earlier.expectedRevision !== request.expectedRevision)
      throw new VersionConflict(request.stream, request.expectedRevision);
    if (request.events.length === 0)
      throw new Error(`Another attempt of command ${id} may still be under way`);
  }

  private async stateAtLast(id: string, attempt: Attempt): Promise<State> {
    for (const ms of PATIENCE_MS) {
      const state = await this.state(id, attempt);
      if (state !== 'open') return state;
      await pause(ms);
    }
    return this.state(id, attempt);
  }

  private async state(id: string, { number, stream, expectedRevision, events }: Attempt): Promise<State> {
    if (events === 0) return 'done';
    const [first] = await this.connection.readStream(`${this.plugin}/${stream}`, expectedRevision + 1, 1);
    if (!first) return 'open';
    return isOfAttempt(first, id, number) ? 'done' : 'dead';
  }

  /** A plugin's id has no dot, so this is in no plugin's log. */
  private streamOf(id: string): string {
    return `${this.plugin}.command/${id}`;
  }
}

const known = ({ stream, fingerprint, expectedRevision, events }: Plan): KnownCommand => ({
  stream,
  fingerprint,
  revision: expectedRevision + events,
});
