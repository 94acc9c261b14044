import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { decodeCursor, notFound, pageOf, Permission, PluginRequest } from '@weinao/plugins';
import { TicketArgs, TicketsArgs } from './ticket.inputs.ts';
import { TicketConnectionType, TicketType } from './ticket.type.ts';
import { ticketView } from './ticket.view.ts';
import { TicketReader } from '../read/ticket.reader.ts';
import type { TicketPlace } from '../read/ticket.reader.ts';

/** `<openedAt> <id>` */
const CURSOR = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z [^\0]{1,64}$/;

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
    const rows = await this.reader.page(query, first, after ? placeOf(after) : undefined);
    const page = pageOf(
      rows,
      first,
      ({ openedAt, id }) => `${openedAt} ${id}`,
      (row) => ticketView(row, request),
    );
    return { nodes: [...page.nodes], pageInfo: page.pageInfo, query };
  }
}

function placeOf(cursor: string): TicketPlace {
  const [openedAt, id] = partsOf(decodeCursor(cursor, CURSOR, (text) => isInstant(partsOf(text)[0])));
  return { openedAt, id };
}

function partsOf(text: string): [string, string] {
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}

/** The pattern alone would let the 45th of a month through to the database. */
function isInstant(text: string): boolean {
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
}
