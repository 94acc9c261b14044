import type { DataSource } from 'typeorm';
import { ScreenRow } from './screen.row.ts';

export interface SeenScreen {
  readonly id: string;
  readonly name: string;
  readonly building: string | null;
  /** ISO 8601 UTC; null where it was never connected. */
  readonly lastSeenAt: string | null;
}

export class ScreenReader {
  constructor(private readonly database: DataSource) {}

  byId(communityId: string, id: string): Promise<ScreenRow | null> {
    return this.database.getRepository(ScreenRow).findOneBy({ communityId, id });
  }

  /** All of them, in the order of their ids. */
  async of(communityId: string): Promise<SeenScreen[]> {
    const screens = await this.database
      .getRepository(ScreenRow)
      .find({ where: { communityId }, order: { id: 'ASC' } });
    const seen: { id: string; last_seen_at: Date }[] = await this.database.query(
      'select id, last_seen_at from notices.screen_presence where community_id = $1',
      [communityId],
    );
    const seenAt = new Map(seen.map((one) => [one.id, one.last_seen_at.toISOString()]));
    return screens.map(({ id, name, building }) => ({
      ...{ id, name, building },
      lastSeenAt: seenAt.get(id) ?? null,
    }));
  }

  /** Notes that these were connected at that time: what nobody would want in a log, so no projection folds it. */
  async saw(communityId: string, ids: readonly string[], lastSeenAt: string): Promise<void> {
    await this.database.query(
      `insert into notices.screen_presence (community_id, id, last_seen_at)
       select $1, id, $3 from (select distinct unnest($2::text[]) as id order by 1) as seen
       on conflict (community_id, id) do update set last_seen_at = excluded.last_seen_at`,
      [communityId, ids, lastSeenAt],
    );
  }
}
