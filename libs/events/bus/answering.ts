import { assertSize, BusError } from './bus.ts';
import type { Message } from './bus.ts';

/** Counts the answers under way, so that leaving can wait for them. */
export class Answering {
  private readonly underWay = new Set<Promise<unknown>>();

  track<T>(answer: Promise<T>): Promise<T> {
    this.underWay.add(answer);
    const forget = (): void => void this.underWay.delete(answer);
    answer.then(forget, forget);
    return answer;
  }

  async finished(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }
}

/** @throws BusError REFUSED when the responder threw, TOO_LARGE for an answer that no message can hold */
export async function answerOf(
  responder: (message: Message) => Promise<string>,
  message: Message,
): Promise<string> {
  let text: string;
  try {
    text = await responder(message);
  } catch (error) {
    const message = (error as Partial<Error> | undefined)?.message ?? String(error);
    throw new BusError('REFUSED', message, { cause: error });
  }
  assertSize(message.subject, text);
  return text;
}
