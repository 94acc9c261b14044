import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { BadUserInput, Commands, Permission, PluginClock, PluginRequest } from '@weinao/plugins';
import { AmendResidentInput, notBornYet, RegisterResidentInput, ResidentArgs } from './resident.inputs.ts';
import { ResidentType } from './resident.type.ts';
import { residentView } from './resident.view.ts';
import { residentDecider } from '../domain/resident.decider.ts';
import type { ResidentCommand } from '../domain/resident.decider.ts';
import { residentAsOf } from '../read/residents.projection.ts';

@Resolver()
export class ResidentMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly clock: PluginClock,
  ) {}

  @Mutation(() => ResidentType)
  @Permission('residents.manage')
  registerResident(
    @Args('input') input: RegisterResidentInput,
    @Context() request: PluginRequest,
  ): Promise<ResidentType> {
    const { id, name, birthDate = null, phone = null, livesAlone = null, tags } = input;
    const { building = null, unit = null, room = null } = input;
    const details = { name, birthDate, phone, building, unit, room, livesAlone, tags: tags ?? [] };
    return this.execute({ type: 'RegisterResident', ...details }, request, id ?? undefined, birthDate);
  }

  @Mutation(() => ResidentType)
  @Permission('residents.manage')
  amendResident(
    @Args() { id }: ResidentArgs,
    @Args('input') input: AmendResidentInput,
    @Context() request: PluginRequest,
  ): Promise<ResidentType> {
    const { tags, ...others } = input;
    const changes = { ...others, ...(tags !== undefined && { tags: tags ?? [] }) };
    return this.execute({ type: 'AmendResident', changes }, request, id, input.birthDate);
  }

  @Mutation(() => ResidentType)
  @Permission('residents.manage')
  moveResidentOut(@Args() { id }: ResidentArgs, @Context() request: PluginRequest): Promise<ResidentType> {
    return this.execute({ type: 'MoveResidentOut' }, request, id);
  }

  /** Answers with the resident as the command left it, also when the same command comes again later. */
  private async execute(
    command: ResidentCommand,
    request: PluginRequest,
    id?: string,
    birthDate?: string | null,
  ): Promise<ResidentType> {
    const { communityId } = request;
    if (birthDate && birthDate > this.clock.day(communityId))
      throw new BadUserInput([notBornYet('birthDate')]);
    const { history } = await this.commands.execute(residentDecider, command, request, { id });
    const then = this.clock.day(communityId, history.at(-1)!.at);
    return residentView(residentAsOf(history), request, then);
  }
}
