import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { connection, decodeIdCursor, notFound, pageOf, Permission, PluginRequest } from '@weinao/plugins';
import { DeviceArgs, DevicesArgs } from './device.inputs.ts';
import { DeviceConnectionType, DeviceType } from './device.type.ts';
import { DeviceReader } from '../read/device.reader.ts';

@Resolver()
export class DeviceQueriesResolver {
  constructor(private readonly reader: DeviceReader) {}

  @Query(() => DeviceType, { nullable: true })
  @Permission('devices.read')
  async device(@Args() { id }: DeviceArgs, @Context() request: PluginRequest): Promise<DeviceType> {
    const row = await this.reader.byId(request.communityId, id);
    if (!row) throw notFound('device', id);
    return row;
  }

  @Query(() => DeviceConnectionType)
  @Permission('devices.read')
  async devices(
    @Args() { filter, first, after }: DevicesArgs,
    @Context() request: PluginRequest,
  ): Promise<DeviceConnectionType> {
    const query = { ...filter, communityId: request.communityId };
    const rows = await this.reader.page(query, first, after ? decodeIdCursor(after) : undefined);
    return connection(
      pageOf(rows, first, ({ id }) => id),
      () => this.reader.count(query),
    );
  }
}
