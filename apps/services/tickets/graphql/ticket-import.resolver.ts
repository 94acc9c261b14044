import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { derivedId, Rejection } from '@weinao/events';
import { Commands, parseInstant, Permission, PluginRequest, problemsOf } from '@weinao/plugins';
import type { Problem } from '@weinao/plugins';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ImportedTicket, ImportTicketsArgs } from './ticket-import.inputs.ts';
import { TicketImportReport } from './ticket.type.ts';
import type { ImportTicket } from '../domain/ticket.commands.ts';
import { ticketDecider } from '../domain/ticket.decider.ts';

type RowOutcome = 'created' | 'repeated' | readonly Problem[];

@Resolver()
export class TicketImportResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => TicketImportReport, {
    description: 'Takes tickets with their past from another system. The same rows again change nothing.',
  })
  @Permission('tickets.import')
  async importTickets(
    @Args() { source, rows }: ImportTicketsArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketImportReport> {
    const outcomes = await Promise.all(rows.map((row) => this.importRow(source, row, request)));
    return {
      created: outcomes.filter((outcome) => outcome === 'created').length,
      repeated: outcomes.filter((outcome) => outcome === 'repeated').length,
      problems: outcomes.flatMap((outcome, row) =>
        typeof outcome === 'string' ? [] : outcome.map((problem) => ({ row, ...problem })),
      ),
    };
  }

  private async importRow(source: string, row: unknown, request: PluginRequest): Promise<RowOutcome> {
    const ticket = plainToInstance(ImportedTicket, row);
    const problems = checked(ticket);
    if (problems.length > 0) return problems;
    const commandId = derivedId('import', request.communityId, source, ticket.externalId);
    try {
      const { repeated } = await this.commands.execute(ticketDecider, commandOf(source, ticket), request, {
        commandId,
      });
      return repeated ? 'repeated' : 'created';
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const changed = error.code === 'IDEMPOTENCY_KEY_REUSED';
      const message = changed
        ? 'was imported before, with other values; it was left as it is'
        : error.message;
      return [{ path: 'externalId', rule: changed ? 'unchanged' : error.code, message }];
    }
  }
}

function checked(ticket: unknown): Problem[] {
  if (!(ticket instanceof ImportedTicket))
    return [{ path: '', rule: 'object', message: 'a row must be an object' }];
  return problemsOf(validateSync(ticket, { whitelist: true, forbidNonWhitelisted: true }));
}

function commandOf(source: string, ticket: ImportedTicket): ImportTicket {
  const { externalId, kind, category, title, status } = ticket;
  return {
    type: 'ImportTicket',
    origin: { source, externalId },
    kind,
    category,
    title,
    description: ticket.description ?? null,
    location: ticket.location ?? null,
    anonymous: false,
    status,
    openedAt: parseInstant(ticket.openedAt)!,
    openedBy: ticket.openedBy ?? null,
    assigneeId: ticket.assigneeId ?? null,
    resolution: ticket.resolution ?? null,
    endedAt: parseInstant(ticket.endedAt) ?? null,
  };
}
