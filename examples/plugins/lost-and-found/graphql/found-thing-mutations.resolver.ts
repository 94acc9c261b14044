import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, Permission, PluginRequest } from '@weinao/plugins';
import { ClaimFoundThingArgs, FoundThingArgs, ReportFoundThingInput } from './found-thing.inputs.ts';
import { FoundThingType } from './found-thing.type.ts';
import { foundThingView } from './found-thing.view.ts';
import { foundThingDecider } from '../domain/found-thing.decider.ts';
import type { FoundThingCommand } from '../domain/found-thing.decider.ts';
import { foundThingAsOf } from '../read/found-things.projection.ts';

@Resolver()
export class FoundThingMutationsResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => FoundThingType)
  @Permission('lost-and-found.report')
  reportFoundThing(
    @Args('input') { what, place }: ReportFoundThingInput,
    @Context() request: PluginRequest,
  ): Promise<FoundThingType> {
    return this.execute({ type: 'ReportFoundThing', what, place }, request);
  }

  @Mutation(() => FoundThingType)
  @Permission('lost-and-found.claim')
  claimFoundThing(
    @Args() { id, proof }: ClaimFoundThingArgs,
    @Context() request: PluginRequest,
  ): Promise<FoundThingType> {
    return this.execute({ type: 'ClaimFoundThing', proof }, request, id);
  }

  @Mutation(() => FoundThingType, { description: 'Who hands it out has looked at the proof.' })
  @Permission('lost-and-found.hand-out')
  handOutFoundThing(
    @Args() { id }: FoundThingArgs,
    @Context() request: PluginRequest,
  ): Promise<FoundThingType> {
    return this.execute({ type: 'HandOutFoundThing' }, request, id);
  }

  private async execute(
    command: FoundThingCommand,
    request: PluginRequest,
    id?: string,
  ): Promise<FoundThingType> {
    const target = id === undefined ? {} : { id };
    const { history } = await this.commands.execute(foundThingDecider, command, request, target);
    return foundThingView(foundThingAsOf(history), request);
  }
}
