import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AlertKind, AlertLocation, AlertOutcome, Severity } from '../domain/alert.events.ts';

export type AlertStatus = 'RAISED' | 'ACKNOWLEDGED' | 'ESCALATED' | AlertOutcome;

@Entity('alert')
@Index('alert_by_time', ['communityId', 'raisedAt', 'id'])
export class AlertRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_alert' })
  communityId: string;

  /** `<place>.<ordinal>` */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_alert' })
  id: string;

  @Column('text')
  kind: AlertKind;

  @Column('text')
  title: string;

  @Column('text')
  severity: Severity;

  @Column('text')
  status: AlertStatus;

  @Column('boolean')
  drill: boolean;

  @Column('jsonb', { nullable: true })
  location: AlertLocation | null;

  @Column('text', { nullable: true })
  sourceId: string | null;

  @Column('integer')
  signals: number;

  @InstantColumn()
  raisedAt: string;

  @InstantColumn({ nullable: true })
  acknowledgedAt: string | null;

  @Column('text', { nullable: true })
  acknowledgedBy: string | null;

  @Column('integer')
  escalations: number;

  @InstantColumn({ nullable: true })
  resolvedAt: string | null;

  @Column('text', { nullable: true })
  note: string | null;
}
