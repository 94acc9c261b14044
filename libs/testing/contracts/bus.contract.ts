import { afterEach, beforeEach, describe } from '@jest/globals';
import { closingContract } from './bus.closing.contract.ts';
import type { BusUnderTest, OpenBus } from './bus.opening.ts';
import { publishingContract } from './bus.publishing.contract.ts';
import { requestingContract } from './bus.requesting.contract.ts';
import { sizeContract } from './bus.size.contract.ts';

let contracts = 0;

/** What every adapter of the bus port keeps. There are no options, so that no adapter is excused from anything. */
export function describeBus(name: string, open: () => Promise<OpenBus>): void {
  describe(`${name} as a bus`, () => {
    let opened: OpenBus;
    let current: BusUnderTest;

    beforeEach(async () => {
      opened = await open();
      const own = `test-${process.pid}-${++contracts}`;
      current = { bus: opened.bus, other: await opened.another(), subject: (rest) => `${own}.${rest}` };
    });

    afterEach(() => opened.close());

    const underTest = (): BusUnderTest => current;
    publishingContract(underTest);
    requestingContract(underTest);
    sizeContract(underTest);
    closingContract(underTest);
  });
}
