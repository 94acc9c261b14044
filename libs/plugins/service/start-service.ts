import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { LogResponder, PostgresSnapshotStore, SharedDoorbell, Snapshots } from '@weinao/events';
import type { Bus, Clock, TimerClock } from '@weinao/events';
import { announcementOf } from './announcement.ts';
import { Announcer } from './announcer.ts';
import { BusStrategy } from './bus.strategy.ts';
import { Commands } from './commands.ts';
import { Followers, startAll } from './followers.ts';
import { assertPermissions } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { PluginClock } from './plugin-clock.ts';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import { ServiceModule } from './service.module.ts';
import { hearPresence } from '../edges/hear-presence.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

export interface ServiceOptions {
  readonly databaseUrl: string;
  /** Connection string of KurrentDB; without one, the log is in the database. */
  readonly kurrentUrl?: string;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Says when timers and outside effects are due; the database's clock unless said otherwise. */
  readonly timerClock?: TimerClock;
  report(message: string, error?: unknown): void;
}

export interface RunningService {
  readonly announcement: Announcement;
  /** Resolves once the communities service knows of it. */
  readonly announced: Promise<void>;
  /**
   * Resolves when it has reacted to everything, nothing is due, and its read models show it all; for tests, on a clock
   * that stands still, of a single replica.
   *
   * @returns the position of its log's last event
   */
  quiet(): Promise<bigint>;
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
    const { announcement, quiet } = await startParts(plugin, database, { ...options, report }, started);
    const announcer = new Announcer(new PluginCalls(bus), announcement, report);
    started.defer(() => announcer.stop());
    const stack = started.move();
    const announced = announcer.announce();
    return { announcement, announced, quiet, stop: () => stack.disposeAsync() };
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
): Promise<Pick<RunningService, 'announcement' | 'quiet'>> {
  const { bus, clock, report } = options;
  const { pool, dataSource } = database;
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
  const snapshots = new Snapshots(new PostgresSnapshotStore(pool, id), report);
  const followers = new Followers({ ...options, plugin, pool, dataSource, log, directory, snapshots });
  followers.start();
  started.defer(() => followers.stop());

  const commands = new Commands(log, clock, followers.progress, snapshots);
  const calls = new PluginCalls(bus);
  const module = ServiceModule.for({
    ...{ plugin, database: dataSource, directory, commands, calls, report },
    clock: new PluginClock(clock, directory),
    progress: followers.progress,
  });
  const application = await NestFactory.createMicroservice(module, {
    strategy: new BusStrategy(bus, id),
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  started.defer(() => application.close());
  await application.listen();
  const presence = hearPresence(plugin, bus, application);
  started.defer(() => presence?.stop());
  const announcement = announcementOf(application.get<PluginService>(PLUGIN_SERVICE));
  return { announcement, quiet: () => followers.quiet() };
}
