import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  connection,
  decodeInstantCursor,
  instantCursor,
  notFound,
  PageArgs,
  pageOf,
  Permission,
  PluginRequest,
} from '@weinao/plugins';
import { Addressing } from './addressing.ts';
import { AudienceArgs, audienceOf, NoticeArgs } from './notice.inputs.ts';
import { NoticeConnectionType, NoticeType, ReachType } from './notice.type.ts';
import { NoticeReader } from '../read/notice.reader.ts';
import type { NoticeQuery } from '../read/notice.reader.ts';
import type { NoticeRow } from '../read/notice.row.ts';

@Resolver(() => NoticeType)
export class NoticeQueriesResolver {
  constructor(
    private readonly reader: NoticeReader,
    private readonly addressing: Addressing,
  ) {}

  @Query(() => NoticeType, { nullable: true })
  @Permission('notices.read')
  async notice(@Args() { id }: NoticeArgs, @Context() request: PluginRequest): Promise<NoticeType> {
    const row = await this.reader.byId(visibleTo(request), id);
    if (!row) throw notFound('notice', id);
    return row;
  }

  @Query(() => NoticeConnectionType, { description: 'The newest first; of residents, what addresses them' })
  @Permission('notices.read')
  async notices(
    @Args() { first, after }: PageArgs,
    @Context() request: PluginRequest,
  ): Promise<NoticeConnectionType> {
    const query = visibleTo(request);
    const rows = await this.reader.page(query, first, after ? decodeInstantCursor(after) : undefined);
    const cursor = ({ writtenAt: at, id }: NoticeRow): string => instantCursor({ at, id });
    return connection(pageOf(rows, first, cursor), () => this.reader.count(query));
  }

  @Query(() => Int, {
    description:
      'How many residents an audience addresses; equals the reach of a notice published to it at that moment. 0 where the community keeps no residents, and a notice is for everybody.',
  })
  @Permission('notices.publish')
  audienceSize(
    @Args() { audience }: AudienceArgs,
    @Context() { communityId }: PluginRequest,
  ): Promise<number> {
    return this.addressing.count(communityId, audienceOf(audience));
  }

  @ResolveField(() => ReachType)
  reach(@Parent() { id, addressed }: NoticeType): ReachType {
    return { noticeId: id, addressed: addressed ?? 0 };
  }
}

function visibleTo(request: PluginRequest): NoticeQuery {
  const { communityId, viewer } = request;
  return {
    communityId,
    publishedOnly: !request.may('notices.publish'),
    addressing: request.may('notices.see-all') ? undefined : viewer.id,
  };
}
