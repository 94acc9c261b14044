import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { CodedError, Commands, notFound, Permission, PluginClock, PluginRequest } from '@weinao/plugins';
import { RegisterFacilityInput, ReportWaterArgs } from './facility.inputs.ts';
import { FacilityType } from './facility.type.ts';
import { hydrantWater, oldestReading } from './hydrant-water.view.ts';
import { facilityDecider } from '../domain/facility.decider.ts';
import { hydrantDecider } from '../domain/hydrant.decider.ts';
import { facilityAsOf } from '../read/facilities.projection.ts';
import { FacilityReader } from '../read/facility.reader.ts';

@Resolver()
export class FacilityMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: FacilityReader,
    private readonly clock: PluginClock,
  ) {}

  @Mutation(() => FacilityType)
  @Permission('facilities.manage')
  async registerFacility(
    @Args('input') { id, kind, name, location, attributes = null }: RegisterFacilityInput,
    @Context() request: PluginRequest,
  ): Promise<FacilityType> {
    const command = { type: 'RegisterFacility', details: { kind, name, location, attributes } } as const;
    const target = id === null || id === undefined ? {} : { id };
    const { history } = await this.commands.execute(facilityDecider, command, request, target);
    return facilityAsOf(history);
  }

  @Mutation(() => FacilityType, { description: 'What was read before the newest reading changes nothing.' })
  @Permission('facilities.report-water')
  async reportHydrantWater(
    @Args() { id, hasWater, pressureKPa = null, at = null }: ReportWaterArgs,
    @Context() request: PluginRequest,
  ): Promise<FacilityType> {
    const facility = await this.reader.byId(request.communityId, id);
    if (!facility) throw notFound('facility', id);
    if (facility.kind !== 'HYDRANT')
      throw new CodedError('NOT_A_HYDRANT', `${facility.name} is no hydrant.`, { kind: facility.kind });
    const command = { type: 'ReportWater', hasWater, pressureKPa, at } as const;
    const { state } = await this.commands.execute(hydrantDecider, command, request, { id });
    const oldest = oldestReading(this.clock.now(), request);
    return Object.assign(facility, { water: hydrantWater(state.water ?? undefined, oldest) });
  }
}
