import { Args, ID, Resolver } from '@nestjs/graphql';
import { heldByTheGateway, Live, Permission } from '@weinao/plugins';
import { TicketType } from './ticket.type.ts';
import { manifest } from '../manifest.ts';

@Resolver()
export class TicketLiveResolver {
  @Live(() => TicketType, {
    follows: manifest.publishes,
    query: 'ticket',
    argument: 'id',
    id: ':stream',
    description: 'Of one ticket, or of all that the viewer may see',
  })
  @Permission('tickets.read')
  ticketChanged(@Args('id', { type: () => ID, nullable: true }) _id?: string): TicketType {
    return heldByTheGateway();
  }
}
