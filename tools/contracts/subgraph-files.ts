import { NestFactory } from '@nestjs/core';
import type { Plugin } from '@weinao/plugins';
import { parse, print } from 'graphql';
import { PLUGIN_SERVICE } from '../../libs/plugins/service/plugin-service.ts';
import type { PluginService } from '../../libs/plugins/service/plugin-service.ts';
import { ServiceModule } from '../../libs/plugins/service/service.module.ts';

const NAMES = { community: 'subgraph.graphql', platform: 'platform.graphql' } as const;

/** No resolver runs while a schema is built, so nothing that one would need has to be there. */
export async function subgraphsOf(plugin: Plugin): Promise<{ name: string; text: string }[]> {
  const absent = {} as never;
  const parts = {
    ...{ database: absent, directory: absent, commands: absent },
    ...{ calls: absent, clock: absent, progress: absent },
  };
  const application = await NestFactory.createApplicationContext(
    ServiceModule.for({ plugin, ...parts, report: (message, error) => console.error(message, error) }),
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
