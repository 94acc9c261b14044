import { Resolver } from '@nestjs/graphql';
import { heldByTheGateway, Live, Permission } from '@weinao/plugins';
import { NoticeType } from './notice.type.ts';

@Resolver()
export class NoticeLiveResolver {
  @Live(() => NoticeType, {
    follows: ['NoticePublished'],
    query: 'notice',
    argument: 'id',
    id: ':stream',
    description: 'Of those that the viewer may see',
  })
  @Permission('notices.read')
  noticePublished(): NoticeType {
    return heldByTheGateway();
  }
}
