import { intent } from '@weinao/events';
import { Query, Resolver } from '@nestjs/graphql';
import { definePlugin, Permission } from '@weinao/plugins';
import type { LookingReaction, Plugin, PluginDefinition } from '@weinao/plugins';
import type { PluginStory } from '../index.ts';
import { keyDecider } from './keys/domain/key.decider.ts';
import { keyMutations, keyQueries } from './keys/key.resolver.ts';
import { CreateKeys1764000000000, keysProjection } from './keys/key.row.ts';
import type { KeyReader } from './keys/key.row.ts';
import { definition, retireKey, scrap } from './keys/plugin.ts';
import type { LockChanged } from './keys/plugin.ts';
import { story } from './keys/key.story.ts';

/** A bug, the story of the plugin that has it, and the checks that fail by it. */
export type PlantedBug = readonly [bug: string, story: PluginStory, failing: readonly string[]];

const { manifest } = definition;
const resolvers = { queries: keyQueries(), mutations: keyMutations() };

const changed = (changes: Partial<PluginDefinition>): PluginStory => ({
  ...story,
  plugin: definePlugin({ ...definition, ...changes }),
});

const served = (parts: Partial<Record<keyof typeof resolvers, object>>): PluginStory =>
  changed({ resolvers: { community: Object.values({ ...resolvers, ...parts }) as never } });

/** As it would be, had nobody looked at its manifest. */
const claimed = (changes: Partial<Plugin['manifest']>): PluginStory => ({
  ...story,
  plugin: { ...story.plugin, manifest: { ...story.plugin.manifest, ...changes } },
});

@Resolver()
class Unguarded {
  @Query(() => String)
  nothing(): string {
    return '';
  }
}

@Resolver()
class Undescribed {
  @Query(() => String)
  @Permission('keys.read')
  nothing(): string {
    return '';
  }
}

/** Its operation stands in the class above, where nobody asks for a permission. */
function inherited(): object {
  const above = keyQueries({ isAbstract: true });
  const { value: key } = Object.getOwnPropertyDescriptor(above.prototype, 'key') as { value: object };
  Reflect.deleteMetadata('weinao:permission', key);
  @Resolver()
  class Inheriting extends above {}
  return Inheriting;
}

let cut = 0;
const reacted = new Map<string, number>();

const greedy: LookingReaction<LockChanged, KeyReader> = {
  ...retireKey,
  async react({ id, data: { flat } }) {
    const times = (reacted.get(id) ?? 0) + 1;
    reacted.set(id, times);
    return Array.from({ length: times }, () => intent(keyDecider, flat, { type: 'RetireKey' }));
  },
};

class StayingTable extends CreateKeys1764000000000 {
  override readonly name = 'StayingTable1764000000000';
  override async down(): Promise<void> {}
}

export const plantedBugs: readonly PlantedBug[] = [
  ['a version that is none', claimed({ version: 'one' }), ['manifest']],
  [
    'a name in one language',
    changed({ manifest: { ...manifest, name: { zh: 'Keys', en: 'Keys' } } }),
    ['languages'],
  ],
  [
    'a permission that nobody asks for',
    changed({
      manifest: {
        ...manifest,
        permissions: [
          ...manifest.permissions,
          { id: 'melt', name: { zh: '熔化', en: 'Melt keys' }, roles: ['admin'] },
        ],
      },
    }),
    ['permissions'],
  ],
  ['a query without a permission', served({ queries: Unguarded }), ['permissions']],
  [
    'a story that cannot be told',
    { ...story, sampleStory: () => Promise.reject(new Error('Nobody is there.')) },
    ['story'],
  ],
  [
    'a field that another plugin has too, of another type',
    { ...story, known: [new URL('./elsewhere/clash/', import.meta.url)] },
    ['composition'],
  ],
  [
    'an event that the manifest does not publish',
    changed({ manifest: { ...manifest, publishes: ['KeyCut', 'KeyReturned', 'KeyRetired'] } }),
    ['published-events', 'contract'],
  ],
  ['an operation without a permission in a class above', served({ queries: inherited() }), ['permissions']],
  ['a query that contract/ does not know', served({ further: Undescribed } as object), ['contract']],
  [
    'an upcaster without its golden file',
    changed({ upcasters: { KeyCut: [(data) => data] } }),
    ['golden-events'],
  ],
  [
    'an event of another shape than was promised',
    served({
      mutations: keyMutations({
        decider: {
          ...keyDecider,
          decide: (command, ...rest) =>
            command.type === 'CutKey'
              ? [{ type: 'KeyCut', data: { label: [command.label] as never } }]
              : keyDecider.decide(command, ...rest),
        },
      }),
    }),
    ['described-events'],
  ],
  [
    'a query that shows the keys of others',
    served({ queries: keyQueries({ showsAll: true }) }),
    ['isolation'],
  ],
  [
    'a mutation that tells a key of others from none',
    served({ mutations: keyMutations({ knowsAll: true }) }),
    ['isolation'],
  ],
  [
    'a read model that counts how often it was made',
    changed({
      projections: [
        {
          ...keysProjection,
          fold(event, rows) {
            keysProjection.fold(event, {
              ...rows,
              get: rows.get.bind(rows),
              put: (type, row) => rows.put(type, { ...row, state: String((cut += 1)) }),
            });
          },
        },
      ],
    }),
    ['rebuild', 'migrations'],
  ],
  [
    'a timer that does nothing when it is late',
    changed({
      timers: [{ ...scrap, fire: (timer, context) => (context.late ? [] : scrap.fire(timer, context)) }],
    }),
    ['absence'],
  ],
  [
    'an answer that is another each time',
    served({ mutations: keyMutations({ said: (label) => `${label} ${(cut += 1)}` }) }),
    ['repeat'],
  ],
  ['a reaction that wants more the second time', changed({ reactions: [greedy] }), ['redelivery']],
  ['a table that stays when it is migrated down', changed({ migrations: [StayingTable] }), ['migrations']],
];
