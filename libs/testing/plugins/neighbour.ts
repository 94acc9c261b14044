import { fingerprint, newId, PostgresEventLog } from '@weinao/events';
import type { DomainEvent } from '@weinao/events';
import { definePlugin } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { OSMANTHUS_COURT } from './people.ts';
import type { PluginHarness } from './plugin.harness.ts';

/** A plugin that only publishes, in place of one that another plugin consumes from without knowing it. */
export const neighbour = (id: string, publishes: readonly string[]): Plugin =>
  definePlugin({
    manifest: {
      id,
      name: { zh: '邻居', en: `Neighbour ${id}` },
      version: '0.1.0',
      requires: [],
      publishes: [...publishes],
      consumes: [],
      permissions: [],
    },
    projections: [],
    migrations: [],
    readers: [],
    resolvers: {},
  });

/** Something happened to a neighbour: `stream` is `<category>/<id>`. Resolves when everybody has reacted to it. */
export async function happenBeside(
  harness: PluginHarness,
  plugin: string,
  stream: string,
  event: DomainEvent,
  communityId = OSMANTHUS_COURT,
): Promise<void> {
  const log = new PostgresEventLog(harness.database.pool, plugin);
  const [category, id] = stream.split('/');
  const name = `${category}/${communityId}/${id}`;
  const commandId = newId();
  await log.append({
    stream: name,
    communityId,
    expectedRevision: (await log.readStream(name)).length - 1,
    events: [
      {
        id: newId(),
        at: harness.clock.now().toISOString(),
        ...event,
        metadata: { communityId, commandId, actorId: 'neighbour', correlationId: newId() },
      },
    ],
    command: { id: commandId, fingerprint: fingerprint(commandId) },
  });
  await harness.quiet();
}
