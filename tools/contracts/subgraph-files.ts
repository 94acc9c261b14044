import { NestFactory } from '@nestjs/core';
import { InProcessBus } from '@weinao/events';
import { PluginCalls } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { parse, print } from 'graphql';
import { PLUGIN_SERVICE } from '../../libs/plugins/service/plugin-service.ts';
import type { PluginService } from '../../libs/plugins/service/plugin-service.ts';
import { ServiceModule } from '../../libs/plugins/service/service.module.ts';

const NAMES = { community: 'subgraph.graphql', platform: 'platform.graphql' } as const;

/** No resolver runs while a schema is built, so nothing has to be there but the bus, to which providers may listen. */
export async function subgraphsOf(plugin: Plugin): Promise<{ name: string; text: string }[]> {
  const absent = {} as never;
  const report = (message: string, error?: unknown): void => console.error(message, error);
  const parts = {
    ...{ database: absent, directory: absent, commands: absent },
    ...{ clock: absent, progress: absent },
    calls: new PluginCalls(new InProcessBus(report)),
  };
  const application = await NestFactory.createApplicationContext(
    ServiceModule.for({ plugin, ...parts, report }),
    { logger: ['error', 'warn'], abortOnError: false },
  );
  const { subgraphs } = application.get<PluginService>(PLUGIN_SERVICE);
  const files = [...subgraphs].map(([door, { sdl }]) => ({ name: NAMES[door], text: inOrderOfNames(sdl) }));
  await application.close();
  return files;
}

/** Nest lists the types as they were loaded, which depends on the plugins beside. */
function inOrderOfNames(sdl: string): string {
  const definitions = parse(sdl, { noLocation: true }).definitions.map((definition) => ({
    name: 'name' in definition ? (definition.name?.value ?? '') : '',
    text: print(definition),
  }));
  const sorted = definitions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${sorted.map(({ text }) => text).join('\n\n')}\n`;
}
