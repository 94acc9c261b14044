import { definePlugin } from '@weinao/plugins';
import { CreateWishes1764000000000 } from './create-wishes.migration.ts';
import { WishBox, WishWall } from './wish-box.ts';
import { WishResolver } from './wish.resolver.ts';
import { WishReader, wishesProjection } from './wish.row.ts';

export const wishes = definePlugin({
  manifest: {
    id: 'wishes',
    name: { zh: '微心愿', en: 'Small wishes' },
    version: '0.1.0',
    requires: [],
    publishes: ['WishMade'],
    consumes: [],
    permissions: [
      { id: 'read', name: { zh: '查看心愿', en: 'See wishes' }, roles: ['resident', 'worker'] },
      { id: 'make', name: { zh: '许下心愿', en: 'Make a wish' }, roles: ['resident'] },
    ],
  },
  projections: [wishesProjection],
  migrations: [CreateWishes1764000000000],
  readers: [WishReader],
  resolvers: { community: [WishResolver] },
  edges: [{ method: 'POST', path: 'wish-boxes/:box/wishes', contentTypes: ['text/plain'], handler: WishBox }],
  feeds: [{ path: 'wish-boxes/:box/wall', follows: ['WishMade'], handler: WishWall }],
});
