import { jetstream, jetstreamManager, StreamNotFoundError } from '@nats-io/jetstream';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { subjects } from './subjects.ts';
import type { NatsBus } from '../bus/nats.bus.ts';

const NAME = 'WEINAO_EVENTS';
const DAY_MS = 86_400_000;
/** For so long the stream knows which ids it has stored, and leaves out what comes again. */
const DUPLICATE_WINDOW_MS = 120_000;
const ANSWER_MS = 10_000;

/**
 * A JetStream stream of everything that is published, for integrators who want durable consumers. It listens beside the
 * others: nothing of the platform reads it, and no publication waits for it or fails with it.
 */
export class EventStream {
  private constructor(
    private readonly manager: JetStreamManager,
    private readonly client: JetStreamClient,
  ) {}

  /** @throws Error when the server has no JetStream */
  static async over({ connection }: NatsBus): Promise<EventStream> {
    const options = { timeout: ANSWER_MS };
    return new EventStream(await jetstreamManager(connection, options), jetstream(connection, options));
  }

  /**
   * Makes the stream where there is none; one that somebody made or changed stays as it is.
   *
   * @param maxAgeDays how long it keeps an event; 0 for ever.
   */
  async ensure(maxAgeDays: number): Promise<void> {
    try {
      await this.manager.streams.info(NAME);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
      await this.manager.streams.add({
        name: NAME,
        subjects: [subjects.allEvents],
        retention: 'limits',
        storage: 'file',
        discard: 'old',
        max_age: nanos(maxAgeDays * DAY_MS),
        duplicate_window: nanos(DUPLICATE_WINDOW_MS),
      });
    }
  }

  /** Takes out what it holds, of one plugin or of all. Its durable consumers stay, and get what comes afterwards. */
  async empty(plugin?: string): Promise<void> {
    await this.manager.streams.purge(
      NAME,
      plugin === undefined ? undefined : { filter: subjects.eventsOf(plugin) },
    );
  }

  /** @returns whether it was stored; false for one that is there already. @throws Error when it was not */
  async store(subject: string, text: string, messageId: string): Promise<boolean> {
    const { duplicate } = await this.client.publish(subject, text, { msgID: messageId });
    return !duplicate;
  }
}
