import { CommandHandler, LogBusy, UnstorableEvent } from '@weinao/events';
import type {
  Clock,
  Decider,
  DomainEvent,
  EventLog,
  Outcome,
  ReadModelProgress,
  Snapshots,
} from '@weinao/events';
import type { PluginRequest } from './plugin-request.ts';
import { BadUserInput } from '../graphql/bad-user-input.ts';
import { CodedError } from '../graphql/coded-error.ts';

export interface CommandTarget {
  /** Which aggregate; without one, a new one whose id derives from the command's. */
  readonly id?: string;
  /** Only at the platform's door, where the request belongs to no community. */
  readonly communityId?: string;
  /** Where the command has a key of its own in the outside world (an import), in place of the request's. */
  readonly commandId?: string;
  /** What somebody asked for, where the command holds more than that, such as a fresh token: a repeat is known by it. */
  readonly asked?: object;
}

export type Executed<State, Event extends DomainEvent> = Outcome<State, Event> & { readonly id: string };

const READ_MODEL_DEADLINE_MS = 5_000;

/** A resolver's way to change something: decides, stores, and waits until the plugin's read models show it. */
export class Commands {
  private readonly handler: CommandHandler;

  constructor(
    log: EventLog,
    clock: Clock,
    private readonly progress: ReadModelProgress,
    snapshots: Snapshots,
  ) {
    this.handler = new CommandHandler(log, clock, snapshots);
  }

  /** @throws Rejection, BadUserInput, CodedError READ_MODEL_BEHIND (stored, but not yet visible) */
  async execute<State, Command extends { type: string }, Event extends DomainEvent, Settings>(
    decider: Decider<State, Command, Event, Settings>,
    command: Command,
    request: PluginRequest,
    target: CommandTarget = {},
  ): Promise<Executed<State, Event>> {
    const { commandId, repeatable } = target.commandId
      ? { commandId: target.commandId, repeatable: true }
      : request.nextCommand();
    const id = target.id ?? commandId;
    const founds = target.id === undefined;
    const { actor, correlationId } = request;
    const settings = request.settings as Settings; // checked by the plugin's own class when they were set
    const communityId = target.communityId ?? request.communityId;
    const { asked } = target;
    const who = { communityId, actor, settings, correlationId };
    const what = { ...who, id, command, asked, commandId, repeatable, founds };
    const outcome = await this.handler.handle(decider, what).catch(refused);
    request.wrote(outcome.position);
    await this.untilVisible(outcome.position);
    return { ...outcome, id };
  }

  private async untilVisible(position: bigint): Promise<void> {
    try {
      await this.progress.reached(position, READ_MODEL_DEADLINE_MS);
    } catch {
      throw new CodedError(
        'READ_MODEL_BEHIND',
        'The change is stored, but not yet visible. Read again in a moment, or repeat it with its Idempotency-Key.',
      );
    }
  }
}

function refused(error: unknown): never {
  if (error instanceof UnstorableEvent)
    throw new BadUserInput([{ path: 'input', rule: 'storable', message: error.message }]);
  if (error instanceof LogBusy)
    throw new CodedError(
      'PLUGIN_UNAVAILABLE',
      `${error.message}; nothing was changed. Try again in a moment.`,
    );
  throw error;
}
