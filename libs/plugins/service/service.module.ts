import { printSubgraphSchema } from '@apollo/subgraph';
import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { ReadModelProgress } from '@weinao/events';
import { DataSource } from 'typeorm';
import { Commands } from './commands.ts';
import { InputPipe } from './input.pipe.ts';
import { PassOnFilter } from './pass-on.filter.ts';
import { PermissionGuard } from './permission.ts';
import { PluginCalls } from './plugin-calls.ts';
import { PluginClock } from './plugin-clock.ts';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import { Subgraph } from './subgraph.ts';
import { SubgraphController } from './subgraph.controller.ts';
import { SubgraphDriver } from './subgraph.driver.ts';
import type { SubgraphDriverOptions } from './subgraph.driver.ts';
import { EdgeController } from '../edges/edge.controller.ts';
import { FeedController } from '../edges/feed.controller.ts';
import { DateTimeScalar } from '../graphql/date-time.scalar.ts';
import { CommunityDirectory } from '../directory/community-directory.ts';
import type { Plugin } from '../plugin.ts';
import type { Door } from '../wire/subgraph.protocol.ts';

export interface ServiceModuleOptions {
  readonly plugin: Plugin;
  readonly database: DataSource;
  readonly directory: CommunityDirectory;
  readonly commands: Commands;
  readonly calls: PluginCalls;
  readonly clock: PluginClock;
  readonly progress: ReadModelProgress;
  report(this: void, message: string, error: unknown): void;
}

/** What the plugin's resolvers may have injected. */
@Module({})
class PluginPartsModule {}

@Module({})
export class ServiceModule {
  static for(options: ServiceModuleOptions): DynamicModule {
    const { plugin, directory, progress, report } = options;
    const subgraphs = new Map<Door, Subgraph>();
    const parts = partsOf(options);
    const doors = Object.entries(plugin.resolvers) as [Door, readonly (new () => object)[]][];
    return {
      module: ServiceModule,
      imports: [
        parts,
        ...doors.flatMap(([door, resolvers]) => doorModules(options, parts, door, resolvers, subgraphs)),
      ],
      controllers: [
        SubgraphController,
        ...(plugin.edges ? [EdgeController] : []),
        ...(plugin.feeds ? [FeedController] : []),
        ...((plugin.controllers ?? []) as (new () => object)[]),
      ],
      providers: [
        {
          provide: PLUGIN_SERVICE,
          useValue: { plugin, directory, subgraphs, progress, report } satisfies PluginService,
        },
        { provide: APP_FILTER, useClass: PassOnFilter },
        { provide: APP_GUARD, useClass: PermissionGuard },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
    };
  }
}

function partsOf(options: ServiceModuleOptions): DynamicModule {
  const { plugin, database, directory, commands, calls, clock } = options;
  const providers: Provider[] = [
    { provide: DataSource, useValue: database },
    { provide: CommunityDirectory, useValue: directory },
    { provide: Commands, useValue: commands },
    { provide: PluginCalls, useValue: calls },
    { provide: PluginClock, useValue: clock },
    ...plugin.readers.map((reader) => ({ provide: reader, useValue: new reader(database) })),
    ...((plugin.providers ?? []) as (new () => object)[]),
    ...handlersOf(plugin),
  ];
  return { module: PluginPartsModule, providers, exports: providers };
}

/** One class may handle several edges or feeds. */
const handlersOf = ({ edges = [], feeds = [] }: Plugin): (new () => object)[] => [
  ...new Set([...edges, ...feeds].map(({ handler }) => handler as new () => object)),
];

/** The newest version that Nest writes would be newer than the composition knows. */
const FEDERATION = {
  version: 2 as const,
  importUrl: 'https://specs.apollo.dev/federation/v2.9',
  directives: ['@key', '@shareable', '@external', '@requires', '@provides', '@inaccessible', '@override'],
};

/** A door's resolvers stand in a module of their own, so that Nest builds a schema of these alone. */
function doorModules(
  { plugin, report }: ServiceModuleOptions,
  parts: DynamicModule,
  door: Door,
  resolvers: readonly (new () => object)[],
  subgraphs: Map<Door, Subgraph>,
): DynamicModule[] {
  class DoorModule {}
  Module({})(DoorModule);
  const schema: SubgraphDriverOptions & { driver: typeof SubgraphDriver } = {
    driver: SubgraphDriver,
    include: [DoorModule],
    autoSchemaFile: { federation: FEDERATION },
    buildSchemaOptions: {
      orphanedTypes: door === 'community' ? ([...(plugin.orphanedTypes ?? [])] as (new () => object)[]) : [],
      scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
      numberScalarMode: 'integer',
    },
    onSchema: (built) => subgraphs.set(door, new Subgraph(built, printSubgraphSchema(built), report)),
  };
  return [
    { module: DoorModule, imports: [parts], providers: [...resolvers] },
    GraphQLModule.forRoot<SubgraphDriverOptions>(schema),
  ];
}
