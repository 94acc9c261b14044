import { expect } from '@jest/globals';
import type { Intent } from '@weinao/events';

/** What an intent comes down to: whom it is for, and what is asked. */
export const read = ({ decider, id, command }: Intent): object => ({
  to: `${decider.category}/${id}`,
  command,
});

/** Exactly these, in this order; asked twice, because whoever repeats after a crash must get the same. */
export function expectIntents(ask: () => readonly Intent[], expected: readonly Intent[]): void {
  const intents = ask().map(read);
  expect(ask().map(read)).toEqual(intents);
  expect(JSON.parse(JSON.stringify(intents))).toEqual(intents);
  expect(intents).toEqual(expected.map(read));
}
