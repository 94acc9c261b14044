import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AddresseeTraits } from '../domain/addressee.events.ts';

/** Who lives here by now. */
@Entity('addressee')
@Index('addressee_by_building', ['communityId', 'building'])
export class AddresseeRow implements AddresseeTraits {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_addressee' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_addressee' })
  residentId: string;

  @Column('text', { nullable: true })
  building: string | null;

  @Column('text', { nullable: true })
  birthDate: string | null;

  @Column('jsonb')
  tags: readonly string[];
}
