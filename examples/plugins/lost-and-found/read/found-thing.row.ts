import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FoundThingStatus } from '../domain/found-thing.decider.ts';

@Entity('found_thing')
@Index('found_thing_by_time', ['communityId', 'reportedAt', 'id'])
export class FoundThingRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_found_thing' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_found_thing' })
  id: string;

  @Column('text')
  what: string;

  @Column('text')
  place: string;

  @Column('text')
  status: FoundThingStatus;

  @InstantColumn()
  reportedAt: string;

  @Column('text', { nullable: true })
  claimedBy: string | null;

  @Column('text', { nullable: true })
  proof: string | null;
}
