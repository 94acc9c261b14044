import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { connection, decodeIdCursor, notFound, pageOf, Permission, PluginRequest } from '@weinao/plugins';
import { WatchArgs, WatchesArgs } from './watch.inputs.ts';
import { WatchConnectionType, WatchType } from './watch.type.ts';
import { watchView } from './watch.view.ts';
import { WatchReader } from '../read/watch.reader.ts';
import type { WatchRow } from '../read/watch.row.ts';

@Resolver()
export class WatchQueriesResolver {
  constructor(private readonly reader: WatchReader) {}

  @Query(() => WatchType, { nullable: true })
  @Permission('elderly-care.read')
  async watch(@Args() { residentId }: WatchArgs, @Context() request: PluginRequest): Promise<WatchType> {
    const row = await this.reader.byResident(request.communityId, residentId);
    if (!row) throw notFound('watch of', residentId);
    return watchView(residentId, row);
  }

  @Query(() => WatchConnectionType)
  @Permission('elderly-care.read')
  async watches(
    @Args() { filter, first, after }: WatchesArgs,
    @Context() request: PluginRequest,
  ): Promise<WatchConnectionType> {
    const query = { ...filter, communityId: request.communityId };
    const rows = await this.reader.page(query, first, after ? decodeIdCursor(after) : undefined);
    const idOf = ({ residentId }: WatchRow): string => residentId;
    const page = pageOf(rows, first, idOf, (row) => watchView(row.residentId, row));
    return connection(page, () => this.reader.count(query));
  }
}
