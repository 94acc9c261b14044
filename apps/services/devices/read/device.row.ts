import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeviceKind, DeviceLocation, Values } from '../domain/device.events.ts';

/** A device that is in use. */
@Entity('device')
export class DeviceRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_device' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_device' })
  id: string;

  @Column('text')
  kind: DeviceKind;

  @Column('text', { nullable: true })
  model: string | null;

  @Column('jsonb', { nullable: true })
  location: DeviceLocation | null;

  @Column('boolean')
  online: boolean;

  @InstantColumn({ nullable: true })
  lastSeenAt: string | null;

  @Column('jsonb', { nullable: true })
  lastReading: Values | null;

  /** SHA-256 in hexadecimal digits. */
  @Column('text')
  tokenHash: string;
}
