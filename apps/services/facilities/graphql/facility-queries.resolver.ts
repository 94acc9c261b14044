import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  connection,
  decodeIdCursor,
  notFound,
  onceARequest,
  pageOf,
  Permission,
  PluginClock,
  PluginRequest,
} from '@weinao/plugins';
import DataLoader from 'dataloader';
import { FacilitiesArgs, FacilityArgs, NearestArgs } from './facility.inputs.ts';
import {
  FacilityConnectionType,
  FacilityDistanceType,
  FacilityType,
  HydrantWaterType,
} from './facility.type.ts';
import { hydrantWater, oldestReading } from './hydrant-water.view.ts';
import { FacilityReader } from '../read/facility.reader.ts';
import type { HydrantWaterRow } from '../read/hydrant-water.row.ts';

@Resolver(() => FacilityType)
export class FacilityQueriesResolver {
  private readonly waterOf = onceARequest(
    ({ communityId }) =>
      new DataLoader<string, HydrantWaterRow | undefined>((ids) => this.reader.waterOf(communityId, ids)),
  );

  constructor(
    private readonly reader: FacilityReader,
    private readonly clock: PluginClock,
  ) {}

  @Query(() => FacilityType, { nullable: true })
  @Permission('facilities.read')
  async facility(@Args() { id }: FacilityArgs, @Context() request: PluginRequest): Promise<FacilityType> {
    const row = await this.reader.byId(request.communityId, id);
    if (!row) throw notFound('facility', id);
    return row;
  }

  @Query(() => FacilityConnectionType)
  @Permission('facilities.read')
  async facilities(
    @Args() { filter, first, after }: FacilitiesArgs,
    @Context() request: PluginRequest,
  ): Promise<FacilityConnectionType> {
    const query = { ...filter, communityId: request.communityId };
    const rows = await this.reader.page(query, first, after ? decodeIdCursor(after) : undefined);
    return connection(
      pageOf(rows, first, ({ id }) => id),
      () => this.reader.count(query),
    );
  }

  @Query(() => [FacilityDistanceType], { description: 'Nearest first, of those whose point is known' })
  @Permission('facilities.read')
  nearestFacilities(
    @Args() { kind, point, first }: NearestArgs,
    @Context() request: PluginRequest,
  ): Promise<FacilityDistanceType[]> {
    return this.reader.nearest({ communityId: request.communityId, kind }, point, first);
  }

  @ResolveField(() => HydrantWaterType, { nullable: true, description: 'Of hydrants only' })
  async water(
    @Parent() { id, kind, water }: FacilityType & { readonly water?: HydrantWaterType },
    @Context() request: PluginRequest,
  ): Promise<HydrantWaterType | null> {
    if (water) return water;
    if (kind !== 'HYDRANT') return null;
    const row = await this.waterOf(request).load(id);
    const oldest = oldestReading(this.clock.now(), request);
    return hydrantWater(row && { ...row, pressureKPa: row.pressure }, oldest);
  }
}
