import { EventStream } from '@weinao/events';
import {
  connectBus,
  eventStreamVariables,
  refillEventStream,
  reportToConsole,
  StartupError,
} from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { Command } from 'commander';
import { plugins } from '../plugins.ts';
import { withDatabase } from './data.database.ts';
import { knownPlugin, pluginIds } from './known-plugin.ts';
import { ProgressLine } from './progress-line.ts';

interface RefillOptions {
  readonly plugin?: readonly string[];
  readonly recreate?: boolean;
}

export const busCommand = (): Command =>
  new Command('bus')
    .description('The bus, and the event stream for integrators on it · 消息总线')
    .addCommand(refillCommand());

const refillCommand = (): Command =>
  new Command('refill')
    .description(
      'Publish every event again, in order, into the JetStream stream WEINAO_EVENTS on NATS_URL · 重新填充事件流\n\n' +
        'The stream is made where there is none. It leaves out what it has stored in the last two minutes; older\n' +
        'events that it still holds would stand in it twice: then use --recreate.\n' +
        '流会略去两分钟内已存的事件；若流中仍有更早的事件，请用 --recreate 重建，以免重复。',
    )
    .option('--plugin <id...>', `only the events of these, of: ${pluginIds}`)
    .option(
      '--recreate',
      'first delete the stream and make it again as it was; its durable consumers get every event again · 先删除并重建事件流',
    )
    .action(async ({ plugin, recreate = false }: RefillOptions) => {
      if (recreate && plugin)
        throw new StartupError('--recreate deletes the events of every plugin: leave --plugin out.');
      const chosen = plugin?.map(knownPlugin) ?? plugins;
      const { maxAgeDays } = eventStreamVariables();
      const bus = await connectBus('weinao bus refill');
      try {
        const stream = await EventStream.over(bus).catch(withoutJetStream);
        await stream.ensure(maxAgeDays);
        if (recreate) await stream.recreate();
        await withDatabase(async (databaseUrl) => {
          for (const one of chosen) await refilled(one, stream, databaseUrl);
        });
      } finally {
        await bus.close();
      }
    });

function withoutJetStream(error: Error): never {
  throw new StartupError(`The server at NATS_URL has no JetStream (nats-server -js): ${error.message}`);
}

async function refilled(plugin: Plugin, stream: EventStream, databaseUrl: string): Promise<void> {
  const { id } = plugin.manifest;
  const line = new ProgressLine();
  const begin = performance.now();
  const rate = (events: number): string =>
    `${Math.round((events * 1_000) / (performance.now() - begin))} events/s`;
  const { stored, known } = await refillEventStream(plugin, {
    databaseUrl,
    kurrentUrl: process.env.KURRENTDB_URL,
    stream,
    progress: (events) => line.show(`${id}: ${events} events, ${rate(events)}`),
    report: reportToConsole,
  }).catch((error: Error) => {
    throw new StartupError(`${id}: the stream did not take every event, so begin again: ${error.message}`);
  });
  const there = known > 0 ? `; ${known} were there already` : '';
  line.end(`${id}: ${stored} events stored, ${rate(stored + known)}${there}.`);
}
