import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FacilityDetails, FacilityLocation } from '../domain/facility.events.ts';

@Entity('facility')
@Index('facility_by_kind', ['communityId', 'kind', 'id'])
export class FacilityRow implements FacilityDetails {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_facility' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_facility' })
  id: string;

  @Column('text')
  kind: string;

  @Column('text')
  name: string;

  @Column('jsonb')
  location: FacilityLocation;

  /** Of `location`, WGS 84 degrees; null where it has no point. */
  @Column('double precision', { nullable: true })
  latitude: number | null;

  @Column('double precision', { nullable: true })
  longitude: number | null;

  @Column('jsonb', { nullable: true })
  attributes: Readonly<Record<string, unknown>> | null;
}
