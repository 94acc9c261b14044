import type { Recorded } from './event.ts';
import type { AppendRequest, EventLog } from './log/event-log.ts';

/** Turns the data of one version of an event into the next one. Pure, and total over what was ever stored. */
export type Upcaster = (data: never) => object;

/** By event type, the steps from version 1 to 2, 2 to 3 and so on; the newest version is their number plus one. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/**
 * The same log, read in the newest shapes: whatever version was stored, its readers see only the last one.
 *
 * @throws Error on reading an event of a version that is newer than this code knows.
 */
export function withUpcasters(log: EventLog, upcasters: Upcasters): EventLog {
  const steps = (type: string): readonly Upcaster[] => upcasters[type] ?? [];

  const upcast = (event: Recorded): Recorded => {
    const chain = steps(event.type);
    const newest = chain.length + 1;
    if (event.schemaVersion === newest) return event;
    if (event.schemaVersion > newest) {
      throw new Error(
        `${event.type} at position ${event.position} has version ${event.schemaVersion}; this program knows up to ${newest}`,
      );
    }
    const data = chain
      .slice(event.schemaVersion - 1)
      .reduce<object>((older, step) => step(older as never), event.data);
    return { ...event, data, schemaVersion: newest };
  };

  const stamped = (request: AppendRequest): AppendRequest => ({
    ...request,
    events: request.events.map((event) => ({ ...event, schemaVersion: steps(event.type).length + 1 })),
  });

  return {
    append: (request) => log.append(stamped(request)),
    readStream: async (stream, range) => (await log.readStream(stream, range)).map(upcast),
    read: async (options) => (await log.read(options)).map(upcast),
    head: () => log.head(),
    findCommand: (id) => log.findCommand(id),
    onAppend: (listener) => log.onAppend(listener),
    ring: () => log.ring(),
    close: () => log.close(),
  };
}
