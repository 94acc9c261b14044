import { newId } from '@weinao/events';
import type { Bus, BusSubscription } from '@weinao/events';
import { Batch } from './batch.ts';
import { MOST_IN_A_BATCH } from '../wire/batch.protocol.ts';
import type { BatchRequest } from '../wire/batch.protocol.ts';

/** So long answers that nobody asks for are kept: who asked has given up by then. */
const KEPT_MS = 10_000;

/** Answers on a subject where a message is one request, or a batch of them. */
export class Batches {
  private readonly rests = new Set<Promise<void>>();

  /** @param answer of one request, as JSON */
  constructor(
    private readonly bus: Bus,
    private readonly subject: string,
    private readonly answer: (request: unknown) => Promise<string>,
  ) {}

  /** Its stop waits until the answers of every batch were asked for, too. */
  respond(queue: string): BusSubscription {
    const responder = this.bus.respond(this.subject, queue, ({ text }) => {
      const request: unknown = JSON.parse(text);
      return isBatch(request) ? this.answerAll(request.batch) : this.answer(request);
    });
    return {
      stop: async () => {
        await responder.stop();
        await Promise.all(this.rests);
      },
    };
  }

  /** @throws Error for a batch that is none */
  private async answerAll(requests: readonly unknown[]): Promise<string> {
    if (!Array.isArray(requests) || requests.length === 0 || requests.length > MOST_IN_A_BATCH) {
      throw new Error(`A batch is a list of 1 to ${MOST_IN_A_BATCH} requests`);
    }
    const batch = new Batch(requests, this.answer);
    const replies = await batch.take();
    return replyOf(replies, batch.isOver ? undefined : this.keep(batch));
  }

  /** @returns the subject on which the rest of the batch is told */
  private keep(batch: Batch): string {
    const subject = `${this.subject}.rest.${newId()}`;
    const { promise, resolve } = Promise.withResolvers<void>();
    const responder = this.bus.respond(subject, subject, async () => {
      const replies = await batch.take();
      if (batch.isOver) resolve();
      return replyOf(replies, batch.isOver ? undefined : subject);
    });
    const timer = setTimeout(resolve, KEPT_MS);
    const told = promise.then(() => {
      clearTimeout(timer);
      this.rests.delete(told);
      return responder.stop();
    });
    this.rests.add(told);
    return subject;
  }
}

const isBatch = (request: unknown): request is BatchRequest =>
  typeof request === 'object' && request !== null && 'batch' in request;

/** Each reply is JSON already. */
const replyOf = (replies: readonly string[], rest: string | undefined): string =>
  `{"batch":[${replies.join(',')}]${rest === undefined ? '' : `,"rest":${JSON.stringify(rest)}`}}`;
