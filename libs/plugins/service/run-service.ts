import { EventStreamKeeper } from '@weinao/events';
import { connectBus, eventStreamVariables, reportToConsole, requiredVariable } from './environment.ts';
import { runUntilSignal } from './process.ts';
import { openServiceClock } from './service-clock.ts';
import { startService } from './start-service.ts';
import type { Plugin } from '../plugin.ts';

/** A plugin as a process of its own, on NATS_URL and DATABASE_URL, with its log in KURRENTDB_URL where that is set. */
export async function runService(plugin: Plugin): Promise<void> {
  const { id } = plugin.manifest;
  await runUntilSignal(async () => {
    const databaseUrl = requiredVariable('DATABASE_URL', 'postgresql://weinao:secret@127.0.0.1:5432/weinao');
    const { isOn, maxAgeDays } = eventStreamVariables();
    const bus = await connectBus(`weinao ${id}`);
    const stream = isOn ? new EventStreamKeeper({ bus, maxAgeDays, report: reportToConsole }) : undefined;
    stream?.start();
    const time = await openServiceClock(databaseUrl);
    const service = await startService(plugin, {
      databaseUrl,
      kurrentUrl: process.env.KURRENTDB_URL,
      bus,
      ...time,
      report: reportToConsole,
    });
    void service.announced.then(() => console.log(`${id} is ready`));
    return {
      stop: async () => {
        await service.stop();
        await time.close();
        await stream?.stop();
        await bus.close();
      },
    };
  });
}
