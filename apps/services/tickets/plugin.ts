import { definePlugin } from '@weinao/plugins';
import { TicketFieldsResolver } from './graphql/ticket-fields.resolver.ts';
import { TicketImportResolver } from './graphql/ticket-import.resolver.ts';
import { TicketLiveResolver } from './graphql/ticket-live.resolver.ts';
import { TicketMutationsResolver } from './graphql/ticket-mutations.resolver.ts';
import { TicketQueriesResolver } from './graphql/ticket-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764000000000 } from './migrations/1764000000000-create-read-models.ts';
import { TicketReader } from './read/ticket.reader.ts';
import { ticketsProjection } from './read/tickets.projection.ts';
import { TicketSettings } from './settings.ts';

export const plugin = definePlugin({
  manifest,
  settings: TicketSettings,
  projections: [ticketsProjection],
  migrations: [CreateReadModels1764000000000],
  readers: [TicketReader],
  resolvers: {
    community: [
      TicketQueriesResolver,
      TicketMutationsResolver,
      TicketFieldsResolver,
      TicketImportResolver,
      TicketLiveResolver,
    ],
  },
});
