import { Context, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { onceARequest, PluginRequest } from '@weinao/plugins';
import DataLoader from 'dataloader';
import { ReachType } from './notice.type.ts';
import { NoticeReader } from '../read/notice.reader.ts';

@Resolver(() => ReachType)
export class ReachResolver {
  private readonly acknowledgedOf = onceARequest(
    ({ communityId }) => new DataLoader<string, number>((ids) => this.reader.acknowledged(communityId, ids)),
  );

  constructor(private readonly reader: NoticeReader) {}

  @ResolveField(() => Int)
  acknowledged(@Parent() { noticeId }: ReachType, @Context() request: PluginRequest): Promise<number> {
    return this.acknowledgedOf(request).load(noticeId);
  }

  @ResolveField(() => [ID], {
    description:
      'Residents that it addresses; none for a viewer who may not know, and of a notice to everybody',
  })
  async unacknowledged(
    @Parent() { noticeId }: ReachType,
    @Context() request: PluginRequest,
  ): Promise<string[]> {
    if (!request.may('notices.see-reach')) return [];
    return this.reader.unacknowledged(request.communityId, noticeId);
  }
}
