import { intent } from '@weinao/events';
import type { Timer } from '@weinao/events';
import { definePlugin } from '@weinao/plugins';
import type { LookingReaction, PluginDefinition } from '@weinao/plugins';
import { keyDecider } from './domain/key.decider.ts';
import type { KeyEvent } from './domain/key.decider.ts';
import { keyMutations, keyQueries } from './key.resolver.ts';
import { CreateKeys1764000000000, KeyReader, keysProjection } from './key.row.ts';

const DAY_MS = 86_400_000;

export interface LockChanged {
  readonly type: 'doors.LockChanged';
  readonly data: { readonly flat: string };
}

export const retireKey: LookingReaction<LockChanged, KeyReader> = {
  name: 'retire-key',
  follows: ['doors.LockChanged'],
  reader: KeyReader,
  react: async ({ data: { flat } }) => [intent(keyDecider, flat, { type: 'RetireKey' })],
};

export const scrap: Timer<KeyEvent> = {
  name: 'scrap',
  version: 1,
  changes({ type, at, stream }) {
    if (type !== 'KeyRetired') return [];
    const key = stream.slice(stream.lastIndexOf('/') + 1);
    return [{ set: { key, due: new Date(Date.parse(at) + DAY_MS).toISOString() } }];
  },
  fire: ({ key }) => [intent(keyDecider, key, { type: 'ScrapKey' })],
};

export const definition = {
  manifest: {
    id: 'keys',
    name: { zh: '钥匙', en: 'Keys' },
    version: '0.1.0',
    level: 'gold',
    requires: [],
    publishes: ['KeyCut', 'KeyReturned', 'KeyRetired', 'KeyScrapped'],
    consumes: ['doors.LockChanged'],
    permissions: [
      { id: 'read', name: { zh: '查看钥匙', en: 'See keys' }, roles: ['resident', 'worker'] },
      { id: 'cut', name: { zh: '配钥匙', en: 'Cut keys' }, roles: ['worker'] },
    ],
  },
  projections: [keysProjection],
  migrations: [CreateKeys1764000000000],
  readers: [KeyReader],
  resolvers: { community: [keyQueries(), keyMutations()] },
  reactions: [retireKey],
  timers: [scrap],
} as const satisfies PluginDefinition;

export const plugin = definePlugin(definition);
