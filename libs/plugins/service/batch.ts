import { MOST_MESSAGE_BYTES } from '@weinao/events';
import { MOST_IN_A_BATCH } from '../wire/batch.protocol.ts';
import type { RefusedItem } from '../wire/batch.protocol.ts';

/** So long quick answers wait for each other to travel in one message; who takes longer is told later. */
const PATIENCE_MS = 20;
const NOTHING = 'null';
/** What a message holds beside the replies: names, brackets, the subject of the rest, and a word for each that is not there. */
const ENVELOPE_BYTES = 512 + MOST_IN_A_BATCH * (NOTHING.length + 1);

/** Requests that came in one message. They run side by side, and none waits for, or fails with, another. */
export class Batch {
  private readonly ready = new Map<number, string>();
  private running: number;
  private wake: () => void = () => undefined;

  /** @param answer of one request, as JSON */
  constructor(
    private readonly requests: readonly unknown[],
    answer: (request: unknown) => Promise<string>,
  ) {
    this.running = requests.length;
    requests.forEach((request, place) => {
      void answered(answer, request).then((text) => this.note(place, text));
    });
  }

  /** Whether every answer was taken. */
  get isOver(): boolean {
    return this.running === 0 && this.ready.size === 0;
  }

  /** Answers that nobody took yet, at least one, at most what fits into a message, each as JSON in its place. */
  async take(): Promise<string[]> {
    if (this.running > 0) await this.patience();
    const taken = this.requests.map(() => NOTHING);
    let bytes = ENVELOPE_BYTES;
    for (const [place, text] of this.ready) {
      bytes += Buffer.byteLength(text);
      if (bytes > MOST_MESSAGE_BYTES) break;
      taken[place] = text;
      this.ready.delete(place);
    }
    return taken;
  }

  private note(place: number, text: string): void {
    this.ready.set(place, text);
    this.running--;
    this.wake();
  }

  /** Until all are ready; after a while, until any is. */
  private patience(): Promise<void> {
    return new Promise((resolve) => {
      let isLate = false;
      const look = (): void => {
        if (this.running > 0 && !(isLate && this.ready.size > 0)) return;
        clearTimeout(timer);
        this.wake = () => undefined;
        resolve();
      };
      const timer = setTimeout(() => {
        isLate = true;
        look();
      }, PATIENCE_MS);
      this.wake = look;
    });
  }
}

async function answered(answer: (request: unknown) => Promise<string>, request: unknown): Promise<string> {
  try {
    const text = await answer(request);
    const bytes = Buffer.byteLength(text);
    if (bytes <= MOST_MESSAGE_BYTES - ENVELOPE_BYTES) return text;
    return refused('TOO_LARGE', `An answer has ${bytes} bytes, more than a message holds`);
  } catch (error) {
    return refused('REFUSED', (error as Error).message);
  }
}

const refused = (code: RefusedItem['refused']['code'], message: string): string =>
  JSON.stringify({ refused: { code, message } } satisfies RefusedItem);
