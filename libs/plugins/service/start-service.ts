import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { LogResponder, PostgresSnapshotStore, SharedDoorbell, Snapshots } from '@weinao/events';
import type { Bus, Clock } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { BusStrategy } from './bus.strategy.ts';
import { Commands } from './commands.ts';
import { Followers, startAll } from './followers.ts';
import { assertPermissions } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import { ServiceModule } from './service.module.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

export interface ServiceOptions {
  readonly databaseUrl: string;
  /** Connection string of KurrentDB; without one, the log is in the database. */
  readonly kurrentUrl?: string;
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
  const { bus, clock, report } = options;
  const { pool } = database;
  const { id } = plugin.manifest;
  const log = await openLog(plugin, database, options.kurrentUrl);
  started.defer(() => log.close());
  const onEveryReplica = startAll([
    new LogResponder({ plugin: id, log, bus }),
    new SharedDoorbell({ plugin: id, log, bus, report }),
  ]);
  started.defer(() => onEveryReplica.stop());
  const directory = new CommunityDirectory({ bus, report });
  directory.start();
  started.defer(() => directory.stop());
  const followers = new Followers({ ...options, plugin, pool, log });
  followers.start();
  started.defer(() => followers.stop());

  const snapshots = new Snapshots(new PostgresSnapshotStore(pool, id), report);
  const commands = new Commands(log, clock, followers.progress, snapshots);
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

const announcementOf = ({ manifest }: Plugin, { subgraphs }: PluginService): Announcement => ({
  manifest,
  sdl: Object.fromEntries([...subgraphs].map(([door, { sdl }]) => [door, sdl])),
});
