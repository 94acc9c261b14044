import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { PostgresEventLog, Projector, Publisher, withUpcasters } from '@weinao/events';
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
import { ServiceModule } from './service.module.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

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

/** Runs a plugin: its log, read models, publication and subgraph. */
export async function startService(plugin: Plugin, options: ServiceOptions): Promise<RunningService> {
  assertPermissions(plugin);
  const { bus, databaseUrl, clock } = options;
  const { id } = plugin.manifest;
  const report = (message: string, error?: unknown): void => options.report(`${id}: ${message}`, error);

  const database = await openPluginDatabase(plugin, databaseUrl, report);
  const log = openLog(plugin, database);
  const projectors = projectorsOf(plugin, database, log, report);
  const publisher = new Publisher({ plugin: id, pool: database.pool, log, bus, report });
  const directory = new CommunityDirectory({ bus, report });
  const calls = new PluginCalls(bus);
  const commands = new Commands(log, clock, projectors);
  const module = ServiceModule.for({ plugin, database: database.dataSource, directory, commands, calls, report });
  const application = await NestFactory.createMicroservice(module, {
    strategy: new BusStrategy(bus, id),
    logger: ['error', 'warn'],
    abortOnError: false,
  });

  for (const projector of projectors) projector.start();
  publisher.start();
  directory.start();
  await application.listen();
  const announcement = announcementOf(plugin, application.get<PluginService>(PLUGIN_SERVICE));
  const announcer = new Announcer(calls, announcement, report);

  return {
    announcement,
    announced: announcer.announce(),
    stop: async () => {
      announcer.stop();
      await application.close();
      await directory.stop();
      await publisher.stop();
      await Promise.all(projectors.map((projector) => projector.stop()));
      await log.close();
      await database.close();
    },
  };
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
    (projection) =>
      new Projector({ pool, schema: plugin.manifest.id, log, projection: projection as Projection, report }),
  );

const announcementOf = ({ manifest }: Plugin, { subgraphs }: PluginService): Announcement => ({
  manifest,
  sdl: Object.fromEntries([...subgraphs].map(([door, { sdl }]) => [door, sdl])),
});
