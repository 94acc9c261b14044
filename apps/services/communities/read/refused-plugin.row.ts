import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PluginRefused } from '../domain/announced-plugin.decider.ts';

/** A plugin of which something is refused, whether something else of it is in force or not. */
@Entity('refused_plugin')
export class RefusedPluginRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_refused_plugin' })
  pluginId: string;

  /** One for each announcement, the last reason of each, the oldest first. */
  @Column('jsonb')
  refusals: PluginRefused['data'][];
}
