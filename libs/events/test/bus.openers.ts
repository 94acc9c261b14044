import type { OpenBus } from '@weinao/testing';
import { testNatsUrl } from '@weinao/testing';
import { connectNats, InProcessBus } from '../index.ts';
import type { Bus } from '../index.ts';

const quiet = (): void => undefined;

export async function openInProcess(): Promise<OpenBus> {
  const bus = new InProcessBus(quiet);
  return { bus, another: () => Promise.resolve(bus), close: () => bus.close() };
}

export async function openNats(): Promise<OpenBus> {
  const connections: Bus[] = [];
  const another = async (): Promise<Bus> => {
    const bus = await connectNats({ url: testNatsUrl(), name: 'spec', report: quiet });
    connections.push(bus);
    return bus;
  };
  const close = async (): Promise<void> => {
    await Promise.all(connections.map((bus) => bus.close()));
  };
  return { bus: await another(), another, close };
}

export const buses = [
  ['the bus of one process', openInProcess],
  ['NATS', openNats],
] as const;
