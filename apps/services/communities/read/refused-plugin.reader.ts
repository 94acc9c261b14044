import type { DataSource } from 'typeorm';
import { RefusedPluginRow } from './refused-plugin.row.ts';
import type { PluginRefused } from '../domain/announced-plugin.decider.ts';

export class RefusedPluginReader {
  constructor(private readonly database: DataSource) {}

  async of(pluginId: string): Promise<readonly PluginRefused['data'][]> {
    const row = await this.database.getRepository(RefusedPluginRow).findOneBy({ pluginId });
    return row?.refusals ?? [];
  }

  /** In the order of the plugins' ids. */
  async all(): Promise<PluginRefused['data'][]> {
    const rows = await this.database.getRepository(RefusedPluginRow).find({ order: { pluginId: 'ASC' } });
    return rows.flatMap(({ refusals }) => refusals);
  }
}
