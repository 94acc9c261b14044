import { InstantColumn } from '@weinao/plugins';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('community')
export class CommunityRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_community' })
  id: string;

  @Column('text')
  name: string;

  @Column('text')
  timeZone: string;
}

@Entity('enabled_plugin')
export class EnabledPluginRow {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_enabled_plugin' })
  communityId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'PK_enabled_plugin' })
  pluginId: string;

  @InstantColumn()
  enabledAt: string;

  @Column('jsonb')
  settings: Record<string, unknown>;
}
