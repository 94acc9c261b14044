import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, Permission, PluginRequest } from '@weinao/plugins';
import {
  CloseConcernArgs,
  EndWatchArgs,
  PauseWatchArgs,
  RecordSignOfLifeArgs,
  StartWatchInput,
  WatchArgs,
} from './watch.inputs.ts';
import { WatchType } from './watch.type.ts';
import { watchView } from './watch.view.ts';
import type { PeoplesCommand } from '../domain/watch.commands.ts';
import { watchDecider } from '../domain/watch.decider.ts';

const USUAL_HOURS = 48;

@Resolver()
export class WatchMutationsResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => WatchType, { description: 'Needs consent.' })
  @Permission('elderly-care.manage')
  startWatch(@Args('input') input: StartWatchInput, @Context() request: PluginRequest): Promise<WatchType> {
    const { residentId, thresholdHours, consentGivenBy, kinPhone = null } = input;
    const watch = { thresholdHours: thresholdHours ?? USUAL_HOURS, consentGivenBy, kinPhone };
    return this.execute(residentId, { type: 'StartWatch', ...watch }, request);
  }

  @Mutation(() => WatchType, {
    description:
      'Hospital, holiday: no concern is raised until it is resumed or the time is over; then the threshold starts anew.',
  })
  @Permission('elderly-care.manage')
  pauseWatch(
    @Args() { residentId, until = null, reason }: PauseWatchArgs,
    @Context() request: PluginRequest,
  ): Promise<WatchType> {
    return this.execute(residentId, { type: 'PauseWatch', until, reason }, request);
  }

  @Mutation(() => WatchType)
  @Permission('elderly-care.manage')
  resumeWatch(@Args() { residentId }: WatchArgs, @Context() request: PluginRequest): Promise<WatchType> {
    return this.execute(residentId, { type: 'ResumeWatch' }, request);
  }

  @Mutation(() => WatchType)
  @Permission('elderly-care.manage')
  endWatch(
    @Args() { residentId, reason }: EndWatchArgs,
    @Context() request: PluginRequest,
  ): Promise<WatchType> {
    return this.execute(residentId, { type: 'EndWatch', reason }, request);
  }

  @Mutation(() => WatchType, {
    description: 'An older one than the newest changes nothing; a newer one takes a concern back.',
  })
  @Permission('elderly-care.record')
  recordSignOfLife(
    @Args() { residentId, source, at }: RecordSignOfLifeArgs,
    @Context() request: PluginRequest,
  ): Promise<WatchType> {
    return this.execute(residentId, { type: 'RecordSignOfLife', source, ...(at && { at }) }, request);
  }

  @Mutation(() => WatchType, { description: 'MOVED and DIED end the watch.' })
  @Permission('elderly-care.manage')
  closeConcern(
    @Args() { residentId, outcome, note = null }: CloseConcernArgs,
    @Context() request: PluginRequest,
  ): Promise<WatchType> {
    return this.execute(residentId, { type: 'CloseConcern', outcome, note }, request);
  }

  /** Answers with the watch as the command left it, also when the same command comes again later. */
  private async execute(
    residentId: string,
    command: PeoplesCommand,
    request: PluginRequest,
  ): Promise<WatchType> {
    const { state } = await this.commands.execute(watchDecider, command, request, { id: residentId });
    return watchView(residentId, state);
  }
}
