import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { LogResponder, newId, PostgresSnapshotStore, SharedDoorbell, Snapshots } from '@weinao/events';
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
import { Presence } from './presence.ts';
import { ServiceModule } from './service.module.ts';
import { hearPresence } from '../edges/hear-presence.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import { COMMUNITIES_PLUGIN } from '../wire/subgraph.protocol.ts';
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
  /** Resolves when the communities service has found it right and it is on the bus; never where it is refused for good. */
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

/** What a replica is made of, and how it comes onto the bus. */
interface Parts {
  readonly announcement: Announcement;
  readonly followers: Followers;
  /** Lets it answer, and follow its log. */
  begin(): Promise<void>;
}

/**
 * Runs a replica of a plugin. Once its announcement is found right, each answers commands, queries and
 * `log.<plugin>.read`; the one that holds the lease also does what follows the log. One that is refused does neither.
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
    const replica = newId();
    const presence = new Presence(bus, replica);
    started.defer(() => presence.stop());
    const parts = await prepareParts(plugin, database, { ...options, report }, started);
    const { announcement, followers } = parts;
    // the catalogue is kept by the communities' own service: it answers before anybody has looked at it
    if (id === COMMUNITIES_PLUGIN) await parts.begin();
    presence.start(announcement);
    const announcer = new Announcer(new PluginCalls(bus), { ...announcement, replica }, report);
    let begun: Promise<void> | undefined;
    started.defer(() => begun);
    started.defer(() => announcer.stop());
    const stack = started.move();
    const accepted = announcer.announce();
    const announced = id === COMMUNITIES_PLUGIN ? accepted : accepted.then(() => (begun = parts.begin()));
    return { announcement, announced, quiet: () => followers.quiet(), stop: () => stack.disposeAsync() };
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** Makes one part after the other; they stop the other way round, so that each still has what it stands on. */
async function prepareParts(
  plugin: Plugin,
  database: PluginDatabase,
  options: ServiceOptions,
  started: AsyncDisposableStack,
): Promise<Parts> {
  const { bus, clock, report } = options;
  const { pool, dataSource } = database;
  const { id } = plugin.manifest;
  const log = await openLog(plugin, database, options.kurrentUrl);
  started.defer(() => log.close());
  const onBus = new AsyncDisposableStack();
  const directory = new CommunityDirectory({ bus, report });
  directory.start();
  started.defer(() => directory.stop());
  const snapshots = new Snapshots(new PostgresSnapshotStore(pool, id), report);
  const followers = new Followers({ ...options, plugin, pool, dataSource, log, directory, snapshots });

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
  await application.init();
  started.defer(() => onBus.disposeAsync());
  const announcement = announcementOf(application.get<PluginService>(PLUGIN_SERVICE));
  return { announcement, followers, begin };

  async function begin(): Promise<void> {
    const onEveryReplica = startAll([
      new LogResponder({ plugin: id, log, bus }),
      new SharedDoorbell({ plugin: id, log, bus, report }),
    ]);
    onBus.defer(() => onEveryReplica.stop());
    followers.start();
    onBus.defer(() => followers.stop());
    await application.listen();
    const presence = hearPresence(plugin, bus, application);
    onBus.defer(() => presence?.stop());
  }
}
