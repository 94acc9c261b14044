import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import {
  LeaseHolder,
  LogResponder,
  PostgresEventLog,
  Projector,
  Publisher,
  ReadModelProgress,
  SharedDoorbell,
  withUpcasters,
} from '@weinao/events';
import type { Bus, Clock, EventLog, Projection } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { BusStrategy } from './bus.strategy.ts';
import { Commands } from './commands.ts';
import { assertPermissions } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import type { Stoppable } from './process.ts';
import { ServiceModule } from './service.module.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

/** Name of the lease on everything that follows a plugin's log. */
const FOLLOWERS = 'followers';

interface Runnable extends Stoppable {
  start(): void;
}

export interface ServiceOptions {
  readonly databaseUrl: string;
  readonly bus: Bus;
  readonly clock: Clock;
  report(message: string, error?: unknown): void;
}

export interface RunningService {
  readonly announcement: Announcement;
  /** Resolves once the communities service knows of it. */
  readonly announced: Promise<void>;
  /** Answers what came in, and stops. The bus stays its owner's. */
  stop(): Promise<void>;
}

/**
 * Runs a replica of a plugin. Each answers commands, queries and `log.<plugin>.read`; the one that holds the lease also
 * does what follows the log.
 */
export async function startService(plugin: Plugin, options: ServiceOptions): Promise<RunningService> {
  assertPermissions(plugin);
  const { bus, databaseUrl } = options;
  const { id } = plugin.manifest;
  const report = (message: string, error?: unknown): void => options.report(`${id}: ${message}`, error);

  const started = new AsyncDisposableStack();
  try {
    const database = await openPluginDatabase(plugin, databaseUrl, report);
    started.defer(() => database.close());
    const announcement = await startParts(plugin, database, { ...options, report }, started);
    const announcer = new Announcer(new PluginCalls(bus), announcement, report);
    started.defer(() => announcer.stop());
    const stack = started.move();
    return { announcement, announced: announcer.announce(), stop: () => stack.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** Starts one part after the other; they stop the other way round, so that each still has what it stands on. */
async function startParts(
  plugin: Plugin,
  database: PluginDatabase,
  options: ServiceOptions,
  started: AsyncDisposableStack,
): Promise<Announcement> {
  const { bus, clock, databaseUrl, report } = options;
  const { id } = plugin.manifest;
  const log = openLog(plugin, database);
  started.defer(() => log.close());
  const onEveryReplica = startAll([
    new LogResponder({ plugin: id, log, bus }),
    new SharedDoorbell({ plugin: id, log, bus, report }),
  ]);
  started.defer(() => onEveryReplica.stop());
  const directory = new CommunityDirectory({ bus, report });
  directory.start();
  started.defer(() => directory.stop());
  const progress = new ReadModelProgress({
    pool: database.pool,
    schema: id,
    projections: plugin.projections,
  });
  const lease = new LeaseHolder({
    databaseUrl,
    schema: id,
    name: FOLLOWERS,
    onHeld: () => startAll(projectorsAndPublisher(plugin, database, log, progress, options)),
    report,
  });
  lease.start();
  started.defer(() => lease.stop());

  const commands = new Commands(log, clock, progress);
  const calls = new PluginCalls(bus);
  const module = ServiceModule.for({
    plugin,
    database: database.dataSource,
    directory,
    commands,
    calls,
    report,
  });
  const application = await NestFactory.createMicroservice(module, {
    strategy: new BusStrategy(bus, id),
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  started.defer(() => application.close());
  await application.listen();
  return announcementOf(plugin, application.get<PluginService>(PLUGIN_SERVICE));
}

const openLog = (plugin: Plugin, { pool }: PluginDatabase): EventLog =>
  withUpcasters(new PostgresEventLog(pool, plugin.manifest.id), plugin.upcasters ?? {});

/** What follows the log, for the one replica that holds the lease. */
function projectorsAndPublisher(
  plugin: Plugin,
  { pool }: PluginDatabase,
  log: EventLog,
  progress: ReadModelProgress,
  { bus, report }: ServiceOptions,
): Runnable[] {
  const { id } = plugin.manifest;
  const projectors = (plugin.projections as readonly Projection[]).map(
    (projection) =>
      new Projector({
        pool,
        schema: id,
        log,
        projection,
        onMoved: (position) => progress.moved(projection.name, position),
        report,
      }),
  );
  return [...projectors, new Publisher({ plugin: id, pool, log, bus, report })];
}

function startAll(parts: readonly Runnable[]): Stoppable {
  for (const part of parts) part.start();
  return { stop: async () => void (await Promise.all(parts.map((part) => part.stop()))) };
}

const announcementOf = ({ manifest }: Plugin, { subgraphs }: PluginService): Announcement => ({
  manifest,
  sdl: Object.fromEntries([...subgraphs].map(([door, { sdl }]) => [door, sdl])),
});
