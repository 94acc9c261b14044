import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SignOfLifeSource } from '../domain/watch.events.ts';
import type { WatchState, WatchStatus } from '../domain/watch.state.ts';

@Entity('watch')
export class WatchRow implements WatchState {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_watch' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_watch' })
  residentId: string;

  @Column('text', { nullable: true })
  status: WatchStatus | null;

  @Column('integer')
  thresholdHours: number;

  @InstantColumn({ nullable: true })
  lastSignOfLifeAt: string | null;

  @Column('text', { nullable: true })
  lastSource: SignOfLifeSource | null;

  @InstantColumn({ nullable: true })
  dueAt: string | null;

  @InstantColumn({ nullable: true })
  pausedUntil: string | null;

  @InstantColumn({ nullable: true })
  concernSince: string | null;

  @Column('integer')
  escalations: number;

  @Column('text', { nullable: true })
  building: string | null;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('jsonb')
  devices: WatchState['devices'];
}
