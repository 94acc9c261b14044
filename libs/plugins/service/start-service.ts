import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { PostgresEventLog, Projector, Publisher, withUpcasters } from '@weinao/events';
import type { Bus, Clock, EventLog, TimerClock } from '@weinao/events';
import { Announcer } from './announcer.ts';
import { BusStrategy } from './bus.strategy.ts';
import { Commands } from './commands.ts';
import { assertPermissions } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { openPluginDatabase } from './plugin-database.ts';
import type { PluginDatabase } from './plugin-database.ts';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import { ServiceModule } from './service.module.ts';
import { Workers } from './workers.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

export interface ServiceOptions {
  readonly databaseUrl: string;
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
   * Resolves when it has reacted to everything and nothing is due; for tests, on a clock that stands still.
   *
   * @returns the position of its log's last event
   */
  quiet(): Promise<bigint>;
  /** Answers what came in, and stops. The bus stays its owner's. */
  stop(): Promise<void>;
}

/** Runs a plugin: its log, read models, publication and subgraph. */
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
  { bus, clock, timerClock, report }: ServiceOptions,
  started: AsyncDisposableStack,
): Promise<Pick<RunningService, 'announcement' | 'quiet'>> {
  const { id } = plugin.manifest;
  const log = openLog(plugin, database);
  started.defer(() => log.close());
  const projectors = projectorsOf(plugin, database, log, report);
  for (const projector of projectors) projector.start();
  started.defer(async () => void (await Promise.all(projectors.map((projector) => projector.stop()))));
  const publisher = new Publisher({ plugin: id, pool: database.pool, log, bus, report });
  publisher.start();
  started.defer(() => publisher.stop());
  const directory = new CommunityDirectory({ bus, report });
  directory.start();
  started.defer(() => directory.stop());
  const workers = new Workers({
    plugin,
    pool: database.pool,
    log,
    bus,
    clock,
    timerClock,
    directory,
    report,
  });
  workers.start();
  started.defer(() => workers.stop());

  const commands = new Commands(log, clock, projectors);
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
  const announcement = announcementOf(plugin, application.get<PluginService>(PLUGIN_SERVICE));
  return { announcement, quiet: () => workers.quiet() };
}

const openLog = (plugin: Plugin, { pool }: PluginDatabase): EventLog =>
  withUpcasters(new PostgresEventLog(pool, plugin.manifest.id), plugin.upcasters ?? {});

const projectorsOf = (
  plugin: Plugin,
  { pool }: PluginDatabase,
  log: EventLog,
  report: ServiceOptions['report'],
): Projector[] =>
  plugin.projections.map(
    (projection) => new Projector({ pool, schema: plugin.manifest.id, log, projection, report }),
  );

const announcementOf = ({ manifest }: Plugin, { subgraphs }: PluginService): Announcement => ({
  manifest,
  sdl: Object.fromEntries([...subgraphs].map(([door, { sdl }]) => [door, sdl])),
});
