import { BusError, MOST_MESSAGE_BYTES } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { MOST_IN_A_BATCH, wireSubjects } from '@weinao/plugins';
import type { BatchReply, SubgraphReply } from '@weinao/plugins';
import { AskedRequest } from './asked.request.ts';

export interface QueueLimits {
  /** From when it is asked to when it is answered, whether it waits here or there. */
  readonly deadlineMs: number;
  /** Requests that a plugin works on at a time. */
  readonly mostInFlight: number;
  /** Requests that wait here for their turn. */
  readonly mostWaiting: number;
}

export const QUEUE_LIMITS: QueueLimits = { deadlineMs: 10_000, mostInFlight: 512, mostWaiting: 4_096 };

/** Messages that wait for their first answer: while they are under way, what comes gathers for the next one. */
const MOST_BATCHES_UNDER_WAY = 4;
const MOST_BYTES_WAITING = 33_554_432;
/** What a batch holds beside its requests, but for the commas. */
const ENVELOPE_BYTES = 64;

/** Too many wait already: better to hear it now than to wait for the deadline. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

/** Who waits for one plugin's subgraph. What waits at the same time goes in one message, where the plugin takes that. */
export class SubgraphQueue {
  private readonly waiting: AskedRequest[] = [];
  private bytesWaiting = 0;
  private inFlight = 0;
  private underWay = 0;
  private isSendingSoon = false;
  private readonly subject: string;

  /** @param batches whether the plugin takes several requests in one message, by now */
  constructor(
    plugin: string,
    private readonly bus: Bus,
    private readonly batches: () => boolean,
    private readonly limits: QueueLimits,
  ) {
    this.subject = wireSubjects.subgraph(plugin);
  }

  /** @param text a `SubgraphRequest`. @throws BusError; QueueFull */
  ask(text: string): Promise<SubgraphReply> {
    const asked = new AskedRequest(text);
    const { mostWaiting, deadlineMs } = this.limits;
    if (this.waiting.length >= mostWaiting || this.bytesWaiting + asked.bytes > MOST_BYTES_WAITING) {
      return Promise.reject(new QueueFull(`${mostWaiting} requests wait for ${this.subject}`));
    }
    this.waiting.push(asked);
    this.bytesWaiting += asked.bytes;
    asked.expireAfter(deadlineMs, () => this.giveUp(asked));
    this.sendSoon();
    return asked.reply;
  }

  /** Within this turn of the event loop more may come. */
  private sendSoon(): void {
    if (this.isSendingSoon || this.waiting.length === 0) return;
    this.isSendingSoon = true;
    setImmediate(() => {
      this.isSendingSoon = false;
      this.send();
    });
  }

  private send(): void {
    while (this.waiting.length > 0 && this.inFlight < this.limits.mostInFlight) {
      const together = this.batches();
      if (together && this.underWay >= MOST_BATCHES_UNDER_WAY) return;
      const batch = this.next(together ? MOST_IN_A_BATCH : 1);
      this.inFlight += batch.length;
      this.underWay++;
      void this.perform(batch);
    }
  }

  /** The first ones that go into one message. */
  private next(most: number): AskedRequest[] {
    const room = Math.min(most, this.limits.mostInFlight - this.inFlight);
    let bytes = ENVELOPE_BYTES;
    const fits = this.waiting.findIndex((asked, place) => {
      bytes += asked.bytes + 1;
      return place > 0 && (place >= room || bytes > MOST_MESSAGE_BYTES);
    });
    const batch = this.waiting.splice(0, fits < 0 ? this.waiting.length : fits);
    for (const { bytes: own } of batch) this.bytesWaiting -= own;
    return batch;
  }

  private async perform(batch: readonly AskedRequest[]): Promise<void> {
    for (const asked of batch) void asked.settled.then(() => this.landed());
    try {
      const texts = batch.map(({ text }) => text);
      const message = texts.length > 1 ? `{"batch":[${texts.join(',')}]}` : texts[0]!;
      const first = await this.request(this.subject, message).finally(() => this.underWay--);
      if (batch.length === 1) batch[0]!.answer(JSON.parse(first) as SubgraphReply);
      else await this.tell(batch, JSON.parse(first) as BatchReply);
    } catch (error) {
      for (const asked of batch) asked.fail(error);
    }
  }

  private async tell(batch: readonly AskedRequest[], first: BatchReply): Promise<void> {
    for (let reply = first; ;) {
      this.sendSoon();
      for (const [place, one] of reply.batch.entries()) {
        if (one === null) continue;
        if ('refused' in one) batch[place]!.fail(new BusError(one.refused.code, one.refused.message));
        else batch[place]!.answer(one);
      }
      if (reply.rest === undefined) return;
      reply = JSON.parse(await this.request(reply.rest, '')) as BatchReply;
    }
  }

  private request(subject: string, text: string): Promise<string> {
    return this.bus.request(subject, text, { timeoutMs: this.limits.deadlineMs });
  }

  private landed(): void {
    this.inFlight--;
    this.sendSoon();
  }

  private giveUp(asked: AskedRequest): void {
    asked.fail(new BusError('TIMEOUT', `${this.subject} did not answer within ${this.limits.deadlineMs} ms`));
    const place = this.waiting.indexOf(asked);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.bytesWaiting -= asked.bytes;
  }
}
