import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, notFound, Permission, PluginRequest } from '@weinao/plugins';
import { Addressing } from './addressing.ts';
import { audienceOf, NoticeArgs, PublishNoticeInput, WithdrawNoticeArgs } from './notice.inputs.ts';
import { NoticeType } from './notice.type.ts';
import { acknowledgementDecider } from '../domain/acknowledgement.decider.ts';
import { noticeDecider } from '../domain/notice.decider.ts';
import type { NoticeCommand } from '../domain/notice.decider.ts';
import { NoticeReader } from '../read/notice.reader.ts';
import { noticeAsOf } from '../read/notices.projection.ts';

@Resolver()
export class NoticeMutationsResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: NoticeReader,
    private readonly addressing: Addressing,
  ) {}

  @Mutation(() => NoticeType, {
    description: 'Whom it addresses is decided at its publication: who moves in later is not addressed.',
  })
  @Permission('notices.publish')
  async publishNotice(
    @Args('input') input: PublishNoticeInput,
    @Context() request: PluginRequest,
  ): Promise<NoticeType> {
    const { publishAt = null, ...rest } = input;
    const asked = { text: textOf(rest), publishAt };
    const command = await this.publication(asked, request.communityId);
    const { history } = await this.commands.execute(noticeDecider, command, request, { asked });
    return noticeAsOf(history);
  }

  @Mutation(() => NoticeType)
  @Permission('notices.publish')
  async withdrawNotice(
    @Args() { id, reason }: WithdrawNoticeArgs,
    @Context() request: PluginRequest,
  ): Promise<NoticeType> {
    const command = { type: 'WithdrawNotice', reason } as const;
    const { history } = await this.commands.execute(noticeDecider, command, request, { id });
    return noticeAsOf(history);
  }

  @Mutation(() => NoticeType, {
    description: 'By a resident it addresses, once; a second time changes nothing.',
  })
  @Permission('notices.acknowledge')
  async acknowledgeNotice(
    @Args() { id }: NoticeArgs,
    @Context() request: PluginRequest,
  ): Promise<NoticeType> {
    const { communityId, viewer } = request;
    const notice = await this.reader.byId({ communityId, publishedOnly: true }, id);
    if (!notice) throw notFound('notice', id);
    const asked = { type: 'AcknowledgeNotice', noticeId: id, residentId: viewer.id } as const;
    const isAddressed = await this.reader.isAddressed(notice, viewer.id);
    const command = { ...asked, isAddressed, isValid: notice.status === 'PUBLISHED' };
    const target = { id: `${id}.${viewer.id}`, asked };
    await this.commands.execute(acknowledgementDecider, command, request, target);
    return notice;
  }

  private async publication(
    { text, publishAt }: { readonly text: ReturnType<typeof textOf>; readonly publishAt: string | null },
    communityId: string,
  ): Promise<NoticeCommand> {
    const unknownBuildings = await this.addressing.unknownBuildings(communityId, text.audience);
    if (publishAt !== null) return { type: 'ScheduleNotice', text, publishAt, unknownBuildings };
    const addressed = await this.addressing.addressed(communityId, text.audience);
    return { type: 'PublishNotice', text, addressed, unknownBuildings };
  }
}

const textOf = ({ title, body, audience, ...rest }: Omit<PublishNoticeInput, 'publishAt'>) => ({
  ...{ title, body, audience: audienceOf(audience) },
  mustRead: rest.mustRead ?? false,
  urgent: rest.urgent ?? false,
  onScreens: rest.onScreens ?? true,
  expiresAt: rest.expiresAt ?? null,
});
