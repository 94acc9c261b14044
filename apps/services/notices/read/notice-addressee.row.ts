import { InstantColumn } from '@weinao/plugins';
import { Entity, PrimaryColumn } from 'typeorm';

/** Whom a notice addresses; of a notice to everybody, who acknowledged it. */
@Entity('notice_addressee')
export class NoticeAddresseeRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_notice_addressee' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_notice_addressee' })
  noticeId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_notice_addressee' })
  residentId: string;

  @InstantColumn({ nullable: true })
  acknowledgedAt: string | null;
}
