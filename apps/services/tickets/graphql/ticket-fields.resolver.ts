import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DateTimeScalar, onceARequest, PluginRequest } from '@weinao/plugins';
import DataLoader from 'dataloader';
import { TicketEventType, TicketType } from './ticket.type.ts';
import { eventView, visibleHistory } from './ticket.view.ts';
import { TicketReader } from '../read/ticket.reader.ts';
import type { TicketEventRow } from '../read/ticket.rows.ts';

@Resolver(() => TicketType)
export class TicketFieldsResolver {
  private readonly loaderOf = onceARequest(
    ({ communityId }) =>
      new DataLoader<string, TicketEventRow[]>((ids) => this.reader.histories(communityId, ids)),
  );

  constructor(private readonly reader: TicketReader) {}

  @ResolveField(() => [TicketEventType])
  async history(@Parent() ticket: TicketType, @Context() request: PluginRequest): Promise<TicketEventType[]> {
    if (ticket.knownHistory) return ticket.knownHistory.map(eventView);
    const history = await this.loaderOf(request).load(ticket.id);
    return visibleHistory(ticket.row, history, request).map(eventView);
  }

  @ResolveField(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it must be resolved. Null as yet: no deadlines are set before working hours are built.',
  })
  dueAt(): null {
    return null;
  }

  @ResolveField(() => Boolean, { description: 'Past dueAt; so never, while there is none' })
  overdue(): boolean {
    return this.dueAt() !== null;
  }
}
