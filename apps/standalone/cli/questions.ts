import { createInterface } from 'node:readline/promises';
import type { Interface } from 'node:readline/promises';
import { Refused } from '@weinao/scaffold';

export interface Question {
  /** Of the option that answers it. */
  readonly flag: string;
  readonly text: string;
  readonly suggestion?: string;
  /** @returns the answer. @throws Refused that says what is wrong with it */
  check(answer: string): string;
}

/** Asks at a terminal for what the options leave open. */
export class Questions implements Disposable {
  private readonly terminal = process.stdin.isTTY
    ? createInterface({ input: process.stdin, output: process.stdout })
    : undefined;

  /** @param quick takes what is suggested, and asks nothing */
  constructor(private readonly quick: boolean) {}

  /** @throws Refused where the option is wrong, or nobody can be asked */
  async answer(given: string | undefined, question: Question): Promise<string> {
    const { flag, text, suggestion, check } = question;
    if (given !== undefined) return check(given);
    const terminal = this.quick && suggestion !== undefined ? undefined : this.terminal;
    if (!terminal && suggestion !== undefined) return check(suggestion);
    if (!terminal) throw new Refused(`Name it with ${flag}: ${text}.`);
    return this.ask(terminal, question);
  }

  /** Until the answer is right. */
  private async ask(terminal: Interface, { text, suggestion, check }: Question): Promise<string> {
    const prompt = suggestion === undefined ? `${text}: ` : `${text} (${suggestion}): `;
    for (;;) {
      const answer = (await terminal.question(prompt)).trim();
      try {
        return check(answer === '' ? (suggestion ?? '') : answer);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        console.log(error.message);
      }
    }
  }

  [Symbol.dispose](): void {
    this.terminal?.close();
  }
}
