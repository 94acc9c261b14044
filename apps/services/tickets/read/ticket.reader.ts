import { containing, ReadTogether } from '@weinao/plugins';
import type { InstantPlace } from '@weinao/plugins';
import { Brackets, In } from 'typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { TicketEventRow, TicketRow } from './ticket.rows.ts';
import type { TicketStatus } from '../domain/ticket.commands.ts';
import type { TicketKind } from '../domain/ticket.events.ts';

export interface TicketQuery {
  readonly communityId: string;
  readonly status?: readonly TicketStatus[] | null;
  readonly kind?: TicketKind | null;
  readonly category?: string | null;
  readonly assigneeId?: string | null;
  readonly openedBy?: string;
  /** Part of title, description or category, in any case. */
  readonly text?: string | null;
}

export class TicketReader {
  private readonly numbers = new ReadTogether((communityId, ids) => this.numbersOf(communityId, ids));

  constructor(private readonly database: DataSource) {}

  async byId(communityId: string, id: string): Promise<TicketRow | null> {
    return this.database.getRepository(TicketRow).findOneBy({ communityId, id });
  }

  /** Asked with every command, so those of one moment are looked up together. @throws Error for a ticket that was never opened */
  numberOf(communityId: string, id: string): Promise<number> {
    return this.numbers.of(communityId, id);
  }

  /** The newest first; one more than `first` where there are more. */
  page(query: TicketQuery, first: number, after?: InstantPlace): Promise<TicketRow[]> {
    const tickets = this.select(query)
      .orderBy('ticket.openedAt', 'DESC')
      .addOrderBy('ticket.id', 'DESC')
      .take(first + 1);
    if (after) tickets.andWhere('(ticket.openedAt, ticket.id) < (:at, :id)', { ...after });
    return tickets.getMany();
  }

  count(query: TicketQuery): Promise<number> {
    return this.select(query).getCount();
  }

  /** The histories of several tickets in one query, in the order of the ids. */
  async histories(communityId: string, ids: readonly string[]): Promise<TicketEventRow[][]> {
    const rows = await this.database.getRepository(TicketEventRow).find({
      where: { communityId, ticketId: In(ids) },
      order: { ticketId: 'ASC', revision: 'ASC' },
    });
    const byTicket = Map.groupBy(rows, ({ ticketId }) => ticketId);
    return ids.map((id) => byTicket.get(id) ?? []);
  }

  private async numbersOf(communityId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database
      .getRepository(TicketRow)
      .find({ select: { id: true, number: true }, where: { communityId, id: In(ids) } });
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  private select(query: TicketQuery): SelectQueryBuilder<TicketRow> {
    const { communityId, status, kind, category, assigneeId, openedBy, text } = query;
    const tickets = this.database.getRepository(TicketRow).createQueryBuilder('ticket');
    tickets.where('ticket.communityId = :communityId', { communityId });
    if (status) tickets.andWhere('ticket.status = any(:status)', { status });
    if (kind) tickets.andWhere('ticket.kind = :kind', { kind });
    if (category) tickets.andWhere('ticket.category = :category', { category });
    if (assigneeId) tickets.andWhere('ticket.assigneeId = :assigneeId', { assigneeId });
    if (openedBy) tickets.andWhere('ticket.openedBy = :openedBy', { openedBy });
    if (text) tickets.andWhere(anyText(text));
    return tickets;
  }
}

function anyText(text: string): Brackets {
  const pattern = containing(text);
  const columns = ['title', 'description', 'category'];
  return new Brackets((any) => {
    for (const column of columns) any.orWhere(`ticket.${column} ilike :pattern`, { pattern });
  });
}
