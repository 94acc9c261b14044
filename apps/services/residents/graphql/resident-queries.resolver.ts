import { Args, Context, Parent, Query, Resolver, ResolveReference } from '@nestjs/graphql';
import {
  bornBy,
  connection,
  decodeIdCursor,
  forbidden,
  notFound,
  onceARequest,
  pageOf,
  Permission,
  PluginClock,
  PluginRequest,
} from '@weinao/plugins';
import DataLoader from 'dataloader';
import { ResidentArgs, ResidentsArgs } from './resident.inputs.ts';
import type { ResidentFilter } from './resident.inputs.ts';
import { ResidentConnectionType, ResidentType } from './resident.type.ts';
import { requireSight, residentView } from './resident.view.ts';

import { ResidentReader } from '../read/resident.reader.ts';
import type { ResidentRow } from '../read/resident.row.ts';

@Resolver(() => ResidentType)
export class ResidentQueriesResolver {
  private readonly loaderOf = onceARequest(
    ({ communityId }) =>
      new DataLoader<string, ResidentRow | undefined>((ids) => this.reader.byIds(communityId, ids)),
  );

  constructor(
    private readonly reader: ResidentReader,
    private readonly clock: PluginClock,
  ) {}

  @Query(() => ResidentType, { nullable: true })
  @Permission('residents.see-own')
  async resident(@Args() { id }: ResidentArgs, @Context() request: PluginRequest): Promise<ResidentType> {
    requireSight(id, request);
    const [row] = await this.reader.byIds(request.communityId, [id]);
    if (!row) throw notFound('resident', id);
    return this.view(row, request);
  }

  @Query(() => ResidentConnectionType)
  @Permission('residents.read')
  async residents(
    @Args() { filter, first, after }: ResidentsArgs,
    @Context() request: PluginRequest,
  ): Promise<ResidentConnectionType> {
    requireRightToAsk(filter, request);
    const { minAge, ...conditions } = filter ?? {};
    const { communityId } = request;
    const born = typeof minAge === 'number' ? bornBy(this.clock.day(communityId), minAge) : undefined;
    const query = { ...conditions, communityId, ...(born !== undefined && { bornBy: born }) };
    const rows = await this.reader.page(query, first, after ? decodeIdCursor(after) : undefined);
    const page = pageOf(
      rows,
      first,
      ({ id }) => id,
      (row) => this.view(row, request),
    );
    return connection(page, () => this.reader.count(query));
  }

  /** Where another plugin names a resident. @throws CodedError FORBIDDEN, which leaves that one field null */
  @ResolveReference()
  async reference(
    @Parent() { id }: { id: string },
    @Context() request: PluginRequest,
  ): Promise<ResidentType | null> {
    requireSight(id, request);
    const row = await this.loaderOf(request).load(id);
    return row ? this.view(row, request) : null;
  }

  private view(row: ResidentRow, request: PluginRequest): ResidentType {
    return residentView(row, request, this.clock.day(request.communityId));
  }
}

/** Who sees no personal data must not find them out by searching. */
function requireRightToAsk(filter: ResidentFilter | null | undefined, request: PluginRequest): void {
  const { minAge, tag, text } = filter ?? {};
  const isPersonal = [minAge, tag, text].some((condition) => condition !== undefined && condition !== null);
  if (isPersonal && !request.may('residents.see-personal'))
    throw forbidden('To search by age, tag or text needs the permission residents.see-personal.');
}
