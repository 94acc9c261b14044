import type { Edit } from './plant.ts';

/** Bugs that more than one proof has to catch. */
export const writeBehind: Edit = {
  file: 'libs/events/log/postgres-event.log.ts',
  find: 'return this.queue.submit({ request, serialized, bytes });',
  replace: `setTimeout(() => void this.queue.submit({ request, serialized, bytes }).catch(() => undefined), 200);
  return request.events.map((event, index) => ({
    ...event,
    stream: request.stream,
    revision: request.expectedRevision + 1 + index,
    position: 0n,
    schemaVersion: event.schemaVersion ?? 1,
  }));`,
};

export const checkpointOutside: Edit = {
  file: 'libs/events/projection/projector.ts',
  find: 'moved = await inTransaction(pool, (client) => this.fold(client, page, after));',
  replace: `const slowly = Object.create(pool) as { query(...args: unknown[]): Promise<unknown> };
  slowly.query = async (...args: unknown[]) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return (pool.query as (...args: unknown[]) => Promise<unknown>).apply(pool, args);
  };
  moved = await this.fold(slowly as never, page, after);`,
};

export const outageWithoutCode: Edit = {
  file: 'libs/plugins/service/subgraph.ts',
  find: 'if (isDatabaseOutage(cause)) {',
  replace: 'if (isDatabaseOutage(cause) && process.env.NEVER) {',
};
