import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was read last of a hydrant, whether or not it is registered by then. */
@Entity('hydrant_water')
export class HydrantWaterRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_hydrant_water' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_hydrant_water' })
  id: string;

  @Column('boolean')
  hasWater: boolean;

  /** In kPa. */
  @Column('double precision', { nullable: true })
  pressure: number | null;

  @InstantColumn()
  readAt: string;
}
