import type { ParkedStream } from '@weinao/events';
import { parkedStreamsOf, reportToConsole, retryParkedOf } from '@weinao/plugins';
import type { ParkedFilter, ParkedOutcome, Plugin } from '@weinao/plugins';
import { Command } from 'commander';
import { withDatabase } from './data.database.ts';
import { knownPlugin, pluginIds } from './known-plugin.ts';
import { plugins } from '../plugins.ts';

interface ParkedOptions extends ParkedFilter {
  readonly json?: true;
}

type OfPlugin<Parked> = Parked & { readonly plugin: string };

export const parkedCommand = (): Command =>
  new Command('parked')
    .description(
      'Streams that a read model or a reaction leaves out, since it cannot handle an event · 搁置的事件流',
    )
    .addCommand(listCommand())
    .addCommand(retryCommand());

const listCommand = (): Command =>
  withFilter(new Command('list'))
    .description('Which they are, and why · 列出被搁置的事件流及原因')
    .action(async (id: string | undefined, options: ParkedOptions) => {
      const parked = await inEach(id, (plugin, databaseUrl) =>
        parkedStreamsOf(plugin, { databaseUrl, report: reportToConsole }, options),
      );
      if (options.json) return printJson(parked);
      if (parked.length === 0) return console.log('Nothing is parked.');
      printTable(
        parked.map((one) => [...placeOf(one), one.since, String(one.tries), one.error]),
        ['since', 'tries', 'error'],
      );
    });

const retryCommand = (): Command =>
  withFilter(new Command('retry'))
    .description(
      'Try them once more, from the event at fault on, also beside a running system · 重试被搁置的事件流，系统运行中亦可',
    )
    .action(async (id: string | undefined, options: ParkedOptions) => {
      const outcomes = await inEach(id, (plugin, databaseUrl) =>
        retryParkedOf(
          plugin,
          { databaseUrl, kurrentUrl: process.env.KURRENTDB_URL, report: reportToConsole },
          options,
        ),
      );
      if (outcomes.some(({ status }) => status === 'parked')) process.exitCode = 1;
      if (options.json) return printJson(outcomes);
      if (outcomes.length === 0) return console.log('Nothing is parked.');
      printTable(
        outcomes.map((one) => [...placeOf(one), resultOf(one)]),
        ['result'],
      );
    });

const withFilter = (command: Command): Command =>
  command
    .argument('[plugin]', `one of: ${pluginIds}; all of them where none is named`)
    .option('--subscriber <name>', 'only of this projection or reaction')
    .option('--stream <stream>', 'only this stream')
    .option('--json', 'for machines');

async function inEach<Parked extends ParkedStream>(
  id: string | undefined,
  work: (plugin: Plugin, databaseUrl: string) => Promise<Parked[]>,
): Promise<OfPlugin<Parked>[]> {
  const asked = id === undefined ? plugins : [knownPlugin(id)];
  return withDatabase(async (databaseUrl) => {
    const all: OfPlugin<Parked>[] = [];
    for (const plugin of asked) {
      const parked = await work(plugin, databaseUrl);
      all.push(...parked.map((one) => ({ plugin: plugin.manifest.id, ...one })));
    }
    return all;
  });
}

const placeOf = ({ plugin, subscriber, stream, position }: OfPlugin<ParkedStream>): string[] => [
  plugin,
  subscriber,
  stream,
  String(position),
];

function resultOf(outcome: ParkedOutcome): string {
  switch (outcome.status) {
    case 'unparked':
      return 'goes on';
    case 'unknown':
      return 'was no longer parked';
    case 'rewound':
      return 'goes on from that event with the next one of its log';
    case 'parked':
      return `still parked: ${outcome.reason}`;
  }
}

/** Positions are strings on every wire. */
const printJson = (parked: readonly object[]): void =>
  console.log(
    JSON.stringify(parked, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value), 2),
  );

function printTable(rows: readonly (readonly string[])[], more: readonly string[]): void {
  const lines = [['plugin', 'subscriber', 'stream', 'position', ...more], ...rows];
  const widths = lines[0]!.map((_title, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines)
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}
