import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { PostgresSnapshotStore, Publisher, Snapshots } from '@weinao/events';
import type { Bus, Clock } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { BusStrategy } from './bus.strategy.ts';
import { Commands } from './commands.ts';
import { assertPermissions } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { openLog } from './plugin-log.ts';
import { projectorsOf } from './plugin-projectors.ts';
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

/** Runs a plugin: its log, read models, publication and subgraph. */
export async function startService(plugin: Plugin, options: ServiceOptions): Promise<RunningService> {
  assertPermissions(plugin);
  const { bus, databaseUrl, kurrentUrl, clock } = options;
  const { id } = plugin.manifest;
  const report = (message: string, error?: unknown): void => options.report(`${id}: ${message}`, error);

  const started = new AsyncDisposableStack();
  try {
    const database = await openPluginDatabase(plugin, databaseUrl, report);
    started.defer(() => database.close());
    const announcement = await startParts(plugin, database, { kurrentUrl, bus, clock, report }, started);
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
  { kurrentUrl, bus, clock, report }: Omit<ServiceOptions, 'databaseUrl'>,
  started: AsyncDisposableStack,
): Promise<Announcement> {
  const { id } = plugin.manifest;
  const log = await openLog(plugin, database, kurrentUrl);
  started.defer(() => log.close());
  const projectors = projectorsOf(plugin, { pool: database.pool, log, kurrentUrl, report });
  for (const projector of projectors) projector.start();
  started.defer(async () => void (await Promise.all(projectors.map((projector) => projector.stop()))));
  const publisher = new Publisher({ plugin: id, pool: database.pool, log, bus, report });
  publisher.start();
  started.defer(() => publisher.stop());
  const directory = new CommunityDirectory({ bus, report });
  directory.start();
  started.defer(() => directory.stop());

  const snapshots = new Snapshots(new PostgresSnapshotStore(database.pool, id), report);
  const commands = new Commands(log, clock, projectors, snapshots);
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
