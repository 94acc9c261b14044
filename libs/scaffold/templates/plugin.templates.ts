import type { PluginNames } from '../names/plugin-names.ts';
import { spoken } from '../names/words.ts';

export const packageTemplate = ({ id }: PluginNames): string => `{
  "name": "@weinao/service-${id}",
  "version": "0.1.0",
  "private": true,
  "license": "Apache-2.0",
  "type": "module",
  "exports": {
    ".": "./plugin.ts"
  },
  "scripts": {
    "test": "node ../../../tools/test.mjs apps/services/${id}"
  },
  "dependencies": {
    "@nestjs/common": "12.5.1",
    "@nestjs/graphql": "14.0.3",
    "@weinao/events": "*",
    "@weinao/plugins": "*",
    "class-transformer": "0.5.1",
    "class-validator": "0.15.1",
    "graphql": "16.15.0",
    "typeorm": "1.1.1"
  },
  "nx": {
    "tags": [
      "layer:service"
    ]
  }
}
`;

export const manifestTemplate = ({ id, nameZh, nameEn, thing, command }: PluginNames): string => `
import type { PluginDefinition } from '@weinao/plugins';

export const manifest: PluginDefinition['manifest'] = {
  id: '${id}',
  name: { zh: '${nameZh}', en: '${nameEn}' },
  version: '0.1.0',
  requires: [],
  publishes: ['${command.event}'],
  consumes: [],
  permissions: [
    {
      id: 'read',
      name: { zh: '查看${nameZh}', en: 'See ${spoken(thing.many)}' },
      roles: ['admin', 'worker', 'resident'],
    },
    {
      id: '${command.verb}',
      name: { zh: '${command.zh}', en: '${command.en}' },
      roles: ['admin', 'worker', 'resident'],
    },
  ],
};
`;

export const pluginTemplate = ({ thing }: PluginNames, timestamp: number): string => `
import { definePlugin } from '@weinao/plugins';
import { ${thing.type}MutationsResolver } from './graphql/${thing.file}-mutations.resolver.ts';
import { ${thing.type}QueriesResolver } from './graphql/${thing.file}-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels${timestamp} } from './migrations/${timestamp}-create-read-models.ts';
import { ${thing.type}Reader } from './read/${thing.file}.reader.ts';
import { ${thing.many}Projection } from './read/${thing.files}.projection.ts';

export const plugin = definePlugin({
  manifest,
  projections: [${thing.many}Projection],
  migrations: [CreateReadModels${timestamp}],
  readers: [${thing.type}Reader],
  resolvers: { community: [${thing.type}QueriesResolver, ${thing.type}MutationsResolver] },
});
`;

export const mainTemplate = (): string => `
import { runService } from '@weinao/plugins';
import { plugin } from './plugin.ts';

await runService(plugin);
`;
