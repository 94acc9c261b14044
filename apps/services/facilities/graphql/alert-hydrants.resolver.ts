import { Args, Context, Directive, Parent, ResolveField, Resolver, ResolveReference } from '@nestjs/graphql';
import { Permission, PluginClock, PluginRequest } from '@weinao/plugins';
import { FirstArgs } from './facility.inputs.ts';
import { AlertExtension, FacilityDistanceType } from './facility.type.ts';
import { oldestReading } from './hydrant-water.view.ts';
import { FacilityReader } from '../read/facility.reader.ts';
import type { Point } from '../read/facility.reader.ts';

@Resolver(() => AlertExtension)
export class AlertHydrantsResolver {
  constructor(
    private readonly reader: FacilityReader,
    private readonly clock: PluginClock,
  ) {}

  @ResolveReference()
  reference(@Parent() alert: AlertExtension): AlertExtension {
    return alert;
  }

  @ResolveField(() => [FacilityDistanceType], {
    description: 'Nearest first among those with water; unknown after flowing, dry last.',
  })
  @Directive('@requires(fields: "location { building point { latitude longitude } }")')
  @Permission('facilities.read')
  async nearestHydrants(
    @Parent() { location }: AlertExtension,
    @Args() { first }: FirstArgs,
    @Context() request: PluginRequest,
  ): Promise<FacilityDistanceType[]> {
    const { communityId } = request;
    const point = await this.pointOf(location, communityId);
    if (!point) return [];
    const oldest = oldestReading(this.clock.now(), request);
    return this.reader.nearestHydrants(communityId, point, oldest, first);
  }

  private async pointOf(
    location: AlertExtension['location'],
    communityId: string,
  ): Promise<Point | undefined> {
    if (location?.point) return location.point;
    return location?.building ? this.reader.pointOfBuilding(communityId, location.building) : undefined;
  }
}
