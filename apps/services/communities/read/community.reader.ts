import { In, MoreThan } from 'typeorm';
import type { DataSource } from 'typeorm';
import { CommunityRow, EnabledPluginRow } from './community.rows.ts';

export interface CommunityWithPlugins extends CommunityRow {
  readonly plugins: readonly EnabledPluginRow[];
}

export class CommunityReader {
  constructor(private readonly database: DataSource) {}

  async byId(id: string): Promise<CommunityWithPlugins | undefined> {
    const community = await this.database.getRepository(CommunityRow).findOneBy({ id });
    return community ? (await this.withPlugins([community]))[0] : undefined;
  }

  /** In the order of their ids, one more than `first` where there are more. */
  async page(first: number, afterId = ''): Promise<CommunityWithPlugins[]> {
    const communities = await this.database.getRepository(CommunityRow).find({
      where: { id: MoreThan(afterId) },
      order: { id: 'ASC' },
      take: first + 1,
    });
    return this.withPlugins(communities);
  }

  count(): Promise<number> {
    return this.database.getRepository(CommunityRow).count();
  }

  private async withPlugins(communities: CommunityRow[]): Promise<CommunityWithPlugins[]> {
    const enabled = await this.database.getRepository(EnabledPluginRow).find({
      where: { communityId: In(communities.map(({ id }) => id)) },
      order: { communityId: 'ASC', pluginId: 'ASC' },
    });
    return communities.map((community) => ({
      ...community,
      plugins: enabled.filter(({ communityId }) => communityId === community.id),
    }));
  }
}
