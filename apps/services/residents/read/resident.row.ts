import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ResidentDetails } from '../domain/resident.events.ts';

/** Who lives in the community by now. */
@Entity('resident')
export class ResidentRow implements ResidentDetails {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_resident' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_resident' })
  id: string;

  @Column('text')
  name: string;

  /** YYYY-MM-DD */
  @Column('text', { nullable: true })
  birthDate: string | null;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  building: string | null;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('text', { nullable: true })
  room: string | null;

  @Column('boolean', { nullable: true })
  livesAlone: boolean | null;

  @Column('jsonb')
  tags: readonly string[];
}
