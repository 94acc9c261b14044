import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType } from '@weinao/plugins';
import type { NoticeStatus } from '../read/notice.row.ts';

export const NoticeStatusEnum = enumType<NoticeStatus>('NoticeStatus', [
  'SCHEDULED',
  'PUBLISHED',
  'WITHDRAWN',
  'EXPIRED',
]);

@ObjectType('Notice')
export class NoticeType {
  @Field(() => ID)
  id: string;

  @Field()
  title: string;

  @Field()
  body: string;

  @Field(() => NoticeStatusEnum)
  status: NoticeStatus;

  @Field(() => Boolean)
  mustRead: boolean;

  @Field(() => Boolean)
  urgent: boolean;

  @Field(() => DateTimeScalar, { nullable: true })
  publishedAt: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  expiresAt: string | null;

  /** Null before the publication, and for a notice to everybody. */
  addressed: number | null;
}

@ObjectType('Reach', { description: 'As it is by now' })
export class ReachType {
  @Field(() => Int, {
    description: '0 where the community keeps no residents, and a notice is for everybody',
  })
  addressed: number;

  noticeId: string;
}

@ObjectType('NoticeConnection')
export class NoticeConnectionType extends connectionOf(NoticeType) {}

@ObjectType('Screen')
export class ScreenType {
  @Field(() => ID)
  id: string;

  @Field()
  name: string;

  @Field(() => String, { nullable: true })
  building: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  lastSeenAt: string | null;

  @Field(() => Boolean, { description: 'Whether it was connected within the last minute' })
  online: boolean;
}

@ObjectType('RegisteredScreen')
export class RegisteredScreenType {
  @Field(() => ScreenType)
  screen: ScreenType;

  /** Null where it was shown before. */
  freshToken: string | null;
}
