import { definePlugin } from '@weinao/plugins';
import { CreateErrands1764000000000 } from './create-errands.migration.ts';
import { ErrandResolver } from './errand.resolver.ts';
import { errandsProjection } from './errand.row.ts';
import { receiptReaction, receiptTimer } from './receipts.ts';

/** The plugin that the proofs load: a service as every other, of which the product knows nothing. */
export const errands = definePlugin({
  manifest: {
    id: 'errands',
    name: { zh: '跑腿', en: 'Errands' },
    version: '0.1.0',
    requires: [],
    publishes: ['ErrandOpened', 'ErrandNoted', 'ReceiptWritten'],
    consumes: [],
    permissions: [{ id: 'run', name: { zh: '跑腿', en: 'Run errands' }, roles: ['resident'] }],
  },
  projections: [errandsProjection],
  reactions: [receiptReaction],
  timers: [receiptTimer],
  migrations: [CreateErrands1764000000000],
  readers: [],
  resolvers: { community: [ErrandResolver] },
});
