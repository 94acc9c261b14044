import { jetstream, JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
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
      if (!(error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound))
        throw error;
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

  /**
   * Deletes the stream and makes it again as it was, with its consumers, which begin anew. Not emptied, because an empty
   * stream still knows the ids of what it held, and would leave it out when it comes again.
   */
  async recreate(): Promise<void> {
    const { streams, consumers } = this.manager;
    const { config } = await streams.info(NAME);
    const configs = (await Array.fromAsync(consumers.list(NAME))).map((consumer) => consumer.config);
    await streams.delete(NAME);
    await streams.add(config);
    for (const consumer of configs) await consumers.add(NAME, consumer);
  }

  /** @returns whether it was stored; false for one that is there already. @throws Error when it was not */
  async store(subject: string, text: string, messageId: string): Promise<boolean> {
    const { duplicate } = await this.client.publish(subject, text, { msgID: messageId });
    return !duplicate;
  }
}
