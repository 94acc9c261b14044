import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, Permission, PluginRequest } from '@weinao/plugins';
import {
  AssignTicketArgs,
  CommentOnTicketArgs,
  OpenTicketInput,
  RateTicketArgs,
  ResolveTicketArgs,
  TicketArgs,
  TicketReasonArgs,
} from './ticket.inputs.ts';
import { TicketType } from './ticket.type.ts';
import { ticketView } from './ticket.view.ts';
import type { TicketCommand } from '../domain/ticket.commands.ts';
import { ticketDecider } from '../domain/ticket.decider.ts';
import { TicketReader } from '../read/ticket.reader.ts';
import { ticketAsOf } from '../read/tickets.projection.ts';

@Resolver()
export class TicketMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: TicketReader,
  ) {}

  @Mutation(() => TicketType)
  @Permission('tickets.open')
  openTicket(@Args('input') input: OpenTicketInput, @Context() request: PluginRequest): Promise<TicketType> {
    const { kind, category, title, description = null, location = null } = input;
    const ticket = { kind, category, title, description, location, anonymous: input.anonymous ?? false };
    return this.execute({ type: 'OpenTicket', ...ticket }, request);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.assign')
  assignTicket(
    @Args() { id, assigneeId }: AssignTicketArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'AssignTicket', assigneeId }, request, id);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.work')
  startTicket(@Args() { id }: TicketArgs, @Context() request: PluginRequest): Promise<TicketType> {
    return this.execute({ type: 'StartTicket' }, request, id);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.work')
  resolveTicket(
    @Args() { id, resolution }: ResolveTicketArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'ResolveTicket', resolution }, request, id);
  }

  @Mutation(() => TicketType, {
    description: 'By the person who opened it, or anyone affected who joined it.',
  })
  @Permission('tickets.take-part')
  reopenTicket(
    @Args() { id, reason }: TicketReasonArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'ReopenTicket', reason }, request, id);
  }

  @Mutation(() => TicketType, { description: 'By the person served, once, stars 1 to 5; closes the ticket.' })
  @Permission('tickets.take-part')
  rateTicket(
    @Args() { id, stars, comment = null }: RateTicketArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'RateTicket', stars, comment }, request, id);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.take-part')
  cancelTicket(
    @Args() { id, reason }: TicketReasonArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'CancelTicket', reason }, request, id);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.take-part')
  commentOnTicket(
    @Args() { id, text }: CommentOnTicketArgs,
    @Context() request: PluginRequest,
  ): Promise<TicketType> {
    return this.execute({ type: 'CommentOnTicket', text }, request, id);
  }

  @Mutation(() => TicketType)
  @Permission('tickets.take-part')
  joinTicket(@Args() { id }: TicketArgs, @Context() request: PluginRequest): Promise<TicketType> {
    return this.execute({ type: 'JoinTicket' }, request, id);
  }

  /** Answers with the ticket as the command left it, also when the same command comes again later. */
  private async execute(
    command: TicketCommand,
    request: PluginRequest,
    ticketId?: string,
  ): Promise<TicketType> {
    const { id, history } = await this.commands.execute(ticketDecider, command, request, { id: ticketId });
    const number = await this.reader.numberOf(request.communityId, id);
    const asOf = ticketAsOf(history, number);
    return ticketView(asOf.ticket, request, asOf.history);
  }
}
