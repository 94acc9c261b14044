import { afterEach, beforeEach, describe } from '@jest/globals';
import { appendingContract } from './event-log.appending.contract.ts';
import { commandsContract } from './event-log.commands.contract.ts';
import { concurrencyContract } from './event-log.concurrency.contract.ts';
import type { OpenEventLog } from './event-log.opening.ts';
import { poisonContract } from './event-log.poison.contract.ts';
import { readingContract } from './event-log.reading.contract.ts';

/** What every adapter of the log port keeps. There are no options, so that no adapter is excused from anything. */
export function describeEventLog(name: string, open: () => Promise<OpenEventLog>): void {
  describe(`${name} as an event log`, () => {
    let opened: OpenEventLog;

    beforeEach(async () => {
      opened = await open();
    });

    afterEach(() => opened.close());

    const current = (): OpenEventLog => opened;
    appendingContract(current);
    commandsContract(current);
    poisonContract(current);
    readingContract(current);
    concurrencyContract(current);
  });
}
