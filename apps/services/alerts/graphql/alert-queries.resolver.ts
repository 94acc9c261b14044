import { Args, Context, Parent, Query, Resolver, ResolveReference } from '@nestjs/graphql';
import {
  connection,
  decodeInstantCursor,
  instantCursor,
  notFound,
  onceARequest,
  pageOf,
  Permission,
  PluginRequest,
} from '@weinao/plugins';
import DataLoader from 'dataloader';
import { AlertArgs, AlertsArgs } from './alert.inputs.ts';
import { AlertConnectionType, AlertType } from './alert.type.ts';
import { AlertReader } from '../read/alert.reader.ts';
import type { AlertRow } from '../read/alert.row.ts';

@Resolver(() => AlertType)
export class AlertQueriesResolver {
  private readonly loaderOf = onceARequest(
    ({ communityId }) =>
      new DataLoader<string, AlertRow | undefined>((ids) => this.reader.byIds(communityId, ids)),
  );

  constructor(private readonly reader: AlertReader) {}

  @Query(() => AlertType, { nullable: true })
  @Permission('alerts.read')
  async alert(@Args() { id }: AlertArgs, @Context() request: PluginRequest): Promise<AlertType> {
    const [row] = await this.reader.byIds(request.communityId, [id]);
    if (!row) throw notFound('alert', id);
    return row;
  }

  @Query(() => AlertConnectionType, { description: 'The newest first' })
  @Permission('alerts.read')
  async alerts(
    @Args() { filter, first, after }: AlertsArgs,
    @Context() request: PluginRequest,
  ): Promise<AlertConnectionType> {
    const query = { ...filter, communityId: request.communityId };
    const rows = await this.reader.page(query, first, after ? decodeInstantCursor(after) : undefined);
    const cursor = ({ raisedAt: at, id }: AlertRow): string => instantCursor({ at, id });
    return connection(pageOf(rows, first, cursor), () => this.reader.count(query));
  }

  /** Where another plugin names an alert. */
  @ResolveReference()
  async reference(
    @Parent() { id }: { id: string },
    @Context() request: PluginRequest,
  ): Promise<AlertType | null> {
    request.require('alerts.read');
    return (await this.loaderOf(request).load(id)) ?? null;
  }
}
