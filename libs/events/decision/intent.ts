import { CommandHandler, streamName } from './command-handler.ts';
import type { Clock } from './command-handler.ts';
import { Rejection } from './decider.ts';
import type { Actor, Decider } from './decider.ts';
import type { Snapshots } from './snapshots.ts';
import type { DomainEvent } from '../event.ts';
import { derivedId } from '../identifiers.ts';
import { UnstorableEvent } from '../log/event-log.ts';
import type { EventLog } from '../log/event-log.ts';
import { isRefusal } from '../parking/event-fault.ts';

type AnyDecider = Decider<unknown, { type: string }, DomainEvent>;

/** What a reaction or a timer wants: one command to one aggregate of its own plugin. Made by `intent`. */
export interface Intent {
  readonly decider: AnyDecider;
  /** Which one of the decider's aggregates. */
  readonly id: string;
  readonly command: { readonly type: string };
}

/** An intent whose command is one that the decider takes. */
export const intent = <State, Command extends { type: string }, Event extends DomainEvent, Settings>(
  decider: Decider<State, Command, Event, Settings>,
  id: string,
  command: Command,
): Intent => ({ decider: decider, id, command });

/** What an intent came of, and in whose name it is done. */
export interface IntentCause {
  /** Of the event or timer; the ids of the commands derive from it. */
  readonly id: string;
  /** Whatever else tells this intent's command from others of the same cause. */
  readonly commandIdParts: readonly (string | number)[];
  readonly communityId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly settings: object;
}

/** The event, the timer or the plugin's own code is at fault: it would fail again, whatever the surroundings do. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(what: string, cause: unknown) {
    super(`${what}: ${(cause as Partial<Error> | undefined)?.message}`, { cause });
  }
}

export type IntentReporter = (message: string, error?: unknown) => void;

/** Does the commands of intents, each once in effect however often it is asked. */
export class IntentHandler {
  private readonly handler: CommandHandler;

  constructor(
    private readonly log: EventLog,
    clock: Clock,
    private readonly report: IntentReporter,
    snapshots?: Snapshots,
  ) {
    this.handler = new CommandHandler(log, clock, snapshots);
  }

  /**
   * A rejection by the domain is an answer: it is reported. That a command comes again is rare: the log finds it on
   * appending, and only what is refused is looked up, because what it did itself may be the reason.
   *
   * @throws Fault; any other error: try again
   */
  async handle(intent: Intent, cause: IntentCause): Promise<void> {
    const { id, command } = intent;
    const { communityId, actor, correlationId, settings, id: causationId } = cause;
    const decider = new GuardedDecider(intent.decider);
    const commandId = derivedId(...cause.commandIdParts);
    try {
      await this.handler.handle(decider.decider, {
        ...{ communityId, id, command, commandId, repeatable: false },
        ...{ actor, correlationId, causationId, settings },
      });
    } catch (error) {
      const fault = isFault(error);
      if (!fault && !isAnswer(error, decider.rejection)) throw error;
      if (await this.log.findCommand(commandId)) return;
      const what = `${command.type} to ${streamOf(intent, communityId)}`;
      if (fault) throw new Fault(what, error);
      this.report(`${actor.id} was rejected: ${what}, ${(error as Rejection).code}`, error);
    }
  }
}

export const streamOf = ({ decider, id }: Intent, communityId: string): string =>
  streamName(decider.category, communityId, id);

/** Tells what the plugin's functions throw from what befell the log. */
class GuardedDecider {
  readonly decider: AnyDecider;
  rejection: unknown;

  constructor(guarded: AnyDecider) {
    const own = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Rejection)) throw new Fault(`The decider ${guarded.category}`, error);
        this.rejection = error;
        throw error;
      }
    };
    this.decider = Object.assign(Object.create(guarded) as AnyDecider, {
      decide: (...given: Parameters<AnyDecider['decide']>) => own(() => guarded.decide(...given)),
      evolve: (...given: Parameters<AnyDecider['evolve']>) => own(() => guarded.evolve(...given)),
    });
  }
}

/** The handler's own CONFLICT is none: others kept changing the stream, and the next try may come through. */
const isAnswer = (error: unknown, rejection: unknown): error is Rejection =>
  error instanceof Rejection && (error === rejection || error.code !== 'CONFLICT');

/** A refusal is what the database says to a NUL in an aggregate's id, a TypeError what JSON says to a command that is none. */
const isFault = (error: unknown): boolean =>
  error instanceof Fault ||
  error instanceof UnstorableEvent ||
  error instanceof TypeError ||
  isRefusal(error);
