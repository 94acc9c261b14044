import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import {
  connection,
  decodeInstantCursor,
  instantCursor,
  notFound,
  pageOf,
  Permission,
  PluginRequest,
} from '@weinao/plugins';
import { TicketArgs, TicketsArgs } from './ticket.inputs.ts';
import { TicketConnectionType, TicketType } from './ticket.type.ts';
import { ticketView } from './ticket.view.ts';
import { TicketReader } from '../read/ticket.reader.ts';

@Resolver()
export class TicketQueriesResolver {
  constructor(private readonly reader: TicketReader) {}

  @Query(() => TicketType, { nullable: true })
  @Permission('tickets.read')
  async ticket(@Args() { id }: TicketArgs, @Context() request: PluginRequest): Promise<TicketType> {
    const row = await this.reader.byId(request.communityId, id);
    if (!row) throw notFound('ticket', id);
    return ticketView(row, request);
  }

  @Query(() => TicketConnectionType, { description: 'The newest first' })
  @Permission('tickets.read')
  async tickets(
    @Args() { filter, first, after }: TicketsArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketConnectionType> {
    const { mine, ...conditions } = filter ?? {};
    const openedBy = mine ? request.viewer.id : undefined;
    const query = { ...conditions, communityId: request.communityId, openedBy };
    const rows = await this.reader.page(query, first, after ? decodeInstantCursor(after) : undefined);
    const page = pageOf(
      rows,
      first,
      ({ openedAt: at, id }) => instantCursor({ at, id }),
      (row) => ticketView(row, request),
    );
    return connection(page, () => this.reader.count(query));
  }
}
