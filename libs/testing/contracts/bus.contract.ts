import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Bus } from '@weinao/events';
import { closingContract } from './bus.closing.contract.ts';
import { publishingContract } from './bus.publishing.contract.ts';
import { requestingContract } from './bus.requesting.contract.ts';
import { sizeContract } from './bus.size.contract.ts';

export interface OpenBus {
  readonly bus: Bus;
  /** A second connection; the same bus where there are no connections. */
  another(): Promise<Bus>;
  close(): Promise<void>;
}

export interface BusUnderTest {
  readonly bus: Bus;
  readonly other: Bus;
  /** Makes a subject that no other test uses, because a server is shared by all. */
  subject(name: string): string;
}

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
