import type { Recorded } from './event.ts';
import type { AppendRequest, EventLog } from './log/event-log.ts';

/** Turns the data of one version of an event into the next one. Pure, and total over what was ever stored. */
export type Upcaster = (data: never) => object;

/** By event type, the steps from version 1 to 2, 2 to 3 and so on; the newest version is their number plus one. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>;

/** The newest version of an event's shape: one more than there are steps to it. */
export const newestVersion = (type: string, upcasters: Upcasters): number =>
  (upcasters[type] ?? []).length + 1;

/**
 * The event in its newest shape.
 *
 * @throws Error for a version that is newer than this program knows, as while another process is ahead in an upgrade: a
 *   follower stands there and tries again until its own program is the newer one. Also where a step fails.
 */
export function upcast(event: Recorded, upcasters: Upcasters): Recorded {
  const { type, position, schemaVersion } = event;
  const newest = newestVersion(type, upcasters);
  if (schemaVersion === newest) return event;
  if (schemaVersion > newest) {
    throw new Error(
      `${type} at position ${position} has version ${schemaVersion}; this program knows up to ${newest}`,
    );
  }
  try {
    const steps = (upcasters[type] ?? []).slice(schemaVersion - 1);
    const data = steps.reduce<object>((older, step) => step(older as never), event.data);
    return { ...event, data, schemaVersion: newest };
  } catch (error) {
    const failed = `${type} at position ${position} cannot be lifted from version ${schemaVersion} to ${newest}`;
    throw new Error(`${failed}: ${(error as Error).message}`, { cause: error });
  }
}

/** The same log, read in the newest shapes: whatever version was stored, its readers see only the last one. */
export function withUpcasters(log: EventLog, upcasters: Upcasters): EventLog {
  const lifted = (event: Recorded): Recorded => upcast(event, upcasters);

  const stamped = (request: AppendRequest): AppendRequest => ({
    ...request,
    events: request.events.map((event) => ({
      ...event,
      schemaVersion: newestVersion(event.type, upcasters),
    })),
  });

  return {
    append: (request) => log.append(stamped(request)),
    readStream: async (stream, range) => (await log.readStream(stream, range)).map(lifted),
    read: async (options) => (await log.read(options)).map(lifted),
    head: () => log.head(),
    findCommand: (id) => log.findCommand(id),
    onAppend: (listener) => log.onAppend(listener),
    ring: () => log.ring(),
    close: () => log.close(),
  };
}
