import pg from 'pg';
import type { Pool } from 'pg';

/** From which event on a reaction has to look at a community again, once the plugin is on there. */
export class PassedOver {
  private communities = new Map<string, bigint>();

  constructor(
    private readonly pool: Pool,
    private readonly plugin: string,
    /** Name of the reaction's checkpoint. */
    private readonly subscriber: string,
  ) {}

  async load(): Promise<void> {
    const { rows } = await this.pool.query<{ community: string; position: string }>(
      `select community, position from ${this.table('passed_over')} where subscriber = $1`,
      [this.subscriber],
    );
    this.communities = new Map(rows.map(({ community, position }) => [community, BigInt(position)]));
  }

  has(community: string): boolean {
    return this.communities.has(community);
  }

  /** Only the first of a community counts, which need not be noted first: events are looked at side by side. */
  async note(community: string, position: bigint): Promise<void> {
    const noted = this.communities.get(community);
    if (noted !== undefined && noted <= position) return;
    this.communities.set(community, position); // at once: what comes next may find the plugin on
    try {
      await this.pool.query(
        `insert into ${this.table('passed_over')} as noted values ($1, $2, $3)
         on conflict (subscriber, community) do update set position = least(noted.position, excluded.position)`,
        [this.subscriber, community, position],
      );
    } catch (error) {
      this.communities.delete(community);
      throw error;
    }
  }

  /** Sets the checkpoint back before the first event of these that was passed over; known until the next `load`. */
  async returnTo(communities: readonly string[]): Promise<void> {
    await this.pool.query(
      `with gone as (
         delete from ${this.table('passed_over')} where subscriber = $1 and community = any($2) returning position
       )
       update ${this.table('checkpoints')} set position = least(position, (select min(position) - 1 from gone))
       where name = $1 and exists (select from gone)`,
      [this.subscriber, communities],
    );
  }

  private table(name: string): string {
    return `${pg.escapeIdentifier(this.plugin)}.${name}`;
  }
}
