import { BusError, readLogPage } from '@weinao/events';
import type { Bus, ConsumedEvent } from '@weinao/events';
import { HttpError } from '../http/http-error.ts';

/** Of the log, whoever's events they are. */
const MOST_EVENTS = 10_000;
/** Each is asked about. */
const MOST_THINGS = 500;
const READ_DEADLINE_MS = 5_000;

export interface Missed {
  /** The last event of each thing that was missed, in the log's order. */
  readonly events: readonly ConsumedEvent[];
  /** Position of the last event that was looked at. */
  readonly upTo: bigint;
}

export interface Missing {
  readonly bus: Bus;
  readonly plugin: string;
  readonly after: bigint;
  /** Undefined for an event that nobody here asks for. */
  thingOf(event: ConsumedEvent): string | undefined;
}

/** @throws HttpError 410 RESUME_TOO_FAR, 400 where the position is none of this log, 503 where the plugin does not answer */
export async function missedEvents({ bus, plugin, after, thingOf }: Missing): Promise<Missed> {
  const lastOfThing = new Map<string, ConsumedEvent>();
  let [position, read] = [after, 0];
  let upTo: bigint | undefined;
  for (;;) {
    const page = await readPage(bus, plugin, position);
    upTo ??= page.head;
    if (after > upTo)
      throw new HttpError(400, 'BAD_USER_INPUT', `Nothing of the id ${after} has happened here.`);
    for (const event of page.events) {
      const thing = thingOf(event);
      if (thing === undefined) continue;
      lastOfThing.delete(thing); // the order of a map is that of its first insertions
      lastOfThing.set(thing, event);
    }
    read += page.events.length;
    if (read > MOST_EVENTS || lastOfThing.size > MOST_THINGS) throw tooFar();
    position = page.events.at(-1)?.position ?? position;
    if (position >= upTo) return { events: [...lastOfThing.values()], upTo: position };
  }
}

async function readPage(bus: Bus, plugin: string, after: bigint): ReturnType<typeof readLogPage> {
  try {
    return await readLogPage(bus, plugin, after, READ_DEADLINE_MS);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    const message = `The service of ${plugin} does not answer at the moment. Try again.`;
    throw new HttpError(503, 'PLUGIN_UNAVAILABLE', message);
  }
}

function tooFar(): HttpError {
  const message = `Since that id more has happened than ${MOST_EVENTS} events or ${MOST_THINGS} things: subscribe without an id, and query anew.`;
  return new HttpError(410, 'RESUME_TOO_FAR', message);
}
