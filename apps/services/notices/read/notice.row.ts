import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Audience, NoticeText } from '../domain/notice.events.ts';

export type NoticeStatus = 'SCHEDULED' | 'PUBLISHED' | 'WITHDRAWN' | 'EXPIRED';

@Entity('notice')
@Index('notice_by_time', ['communityId', 'writtenAt', 'id'])
export class NoticeRow implements NoticeText {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_notice' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_notice' })
  id: string;

  @Column('text')
  title: string;

  @Column('text')
  body: string;

  @Column('text')
  status: NoticeStatus;

  @Column('jsonb')
  audience: Audience;

  @Column('boolean')
  mustRead: boolean;

  @Column('boolean')
  urgent: boolean;

  @Column('boolean')
  onScreens: boolean;

  @InstantColumn()
  writtenAt: string;

  @InstantColumn({ nullable: true })
  publishedAt: string | null;

  @InstantColumn({ nullable: true })
  expiresAt: string | null;

  /** Null before the publication, and for a notice to everybody. */
  @Column('integer', { nullable: true })
  addressed: number | null;

  /** In the plugin's log, as a decimal number. */
  @Column('bigint', { nullable: true })
  publishedPosition: string | null;

  @Column('bigint', { nullable: true })
  endedPosition: string | null;
}
