import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScreenDetails } from '../domain/screen.decider.ts';

@Entity('screen')
export class ScreenRow implements ScreenDetails {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_screen' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_screen' })
  id: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  building: string | null;

  /** SHA-256 in hexadecimal digits. */
  @Column('text')
  tokenHash: string;
}
