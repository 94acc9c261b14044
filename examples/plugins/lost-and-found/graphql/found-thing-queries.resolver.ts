import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import {
  connection,
  decodeInstantCursor,
  instantCursor,
  notFound,
  pageOf,
  Permission,
  PluginRequest,
} from '@weinao/plugins';
import { FoundThingArgs, FoundThingsArgs } from './found-thing.inputs.ts';
import { FoundThingConnectionType, FoundThingType } from './found-thing.type.ts';
import { foundThingView } from './found-thing.view.ts';
import { FoundThingReader } from '../read/found-thing.reader.ts';

@Resolver()
export class FoundThingQueriesResolver {
  constructor(private readonly reader: FoundThingReader) {}

  @Query(() => FoundThingType, { nullable: true })
  @Permission('lost-and-found.read')
  async foundThing(
    @Args() { id }: FoundThingArgs,
    @Context() request: PluginRequest,
  ): Promise<FoundThingType> {
    const row = await this.reader.byId(request.communityId, id);
    if (!row) throw notFound('found thing', id);
    return foundThingView(row, request);
  }

  @Query(() => FoundThingConnectionType, { description: 'The newest first' })
  @Permission('lost-and-found.read')
  async foundThings(
    @Args() { status, first, after }: FoundThingsArgs,
    @Context() request: PluginRequest,
  ): Promise<FoundThingConnectionType> {
    const query = { communityId: request.communityId, status };
    const rows = await this.reader.page(query, first, after ? decodeInstantCursor(after) : undefined);
    const page = pageOf(
      rows,
      first,
      ({ reportedAt: at, id }) => instantCursor({ at, id }),
      (row) => foundThingView(row, request),
    );
    return connection(page, () => this.reader.count(query));
  }
}
