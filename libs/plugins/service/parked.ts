import { listParked, rewindToParked } from '@weinao/events';
import type { ParkedStream, RetryOutcome } from '@weinao/events';
import { openPluginDatabase } from './plugin-database.ts';
import { withProjectors } from './plugin-projectors.ts';
import type { PluginProjectorsOptions } from './plugin-projectors.ts';
import type { Plugin } from '../plugin.ts';

/** Which of the parked streams; all of them where nothing is named. */
export interface ParkedFilter {
  readonly subscriber?: string;
  readonly stream?: string;
}

/** `rewound`: a reaction, timers or effects, which take the stream's events again and do nothing twice. */
export type ParkedOutcome = ParkedStream & (RetryOutcome | { readonly status: 'rewound' });

const matches =
  ({ subscriber, stream }: ParkedFilter) =>
  (parked: ParkedStream): boolean =>
    (subscriber ?? parked.subscriber) === parked.subscriber && (stream ?? parked.stream) === parked.stream;

/** What a plugin's subscribers leave out since they could not handle an event of it. */
export async function parkedStreamsOf(
  plugin: Plugin,
  { databaseUrl, report }: PluginProjectorsOptions,
  filter: ParkedFilter = {},
): Promise<ParkedStream[]> {
  const database = await openPluginDatabase(plugin, databaseUrl, report);
  try {
    return (await listParked(database.pool, plugin.manifest.id)).filter(matches(filter));
  } finally {
    await database.close();
  }
}

/** Tries once more what is parked, one stream after the other, beside a running service or without one. */
export async function retryParkedOf(
  plugin: Plugin,
  options: PluginProjectorsOptions,
  filter: ParkedFilter = {},
): Promise<ParkedOutcome[]> {
  const parked = await parkedStreamsOf(plugin, options, filter);
  if (parked.length === 0) return [];
  return withProjectors(plugin, options, async (projectors, { pool }) => {
    const outcomes: ParkedOutcome[] = [];
    for (const one of parked) {
      const projector = projectors.get(one.subscriber);
      const outcome = projector
        ? await projector.retry(one.stream)
        : await rewound(rewindToParked(pool, plugin.manifest.id, one, !options.kurrentUrl));
      outcomes.push({ ...one, ...outcome });
    }
    return outcomes;
  });
}

const rewound = async (found: Promise<boolean>): Promise<{ status: 'rewound' | 'unknown' }> => ({
  status: (await found) ? 'rewound' : 'unknown',
});
