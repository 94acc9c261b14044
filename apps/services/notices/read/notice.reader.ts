import { readAtOnePosition } from '@weinao/plugins';
import type { InstantPlace } from '@weinao/plugins';
import { IsNull } from 'typeorm';
import type { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { NoticeAddresseeRow } from './notice-addressee.row.ts';
import { NoticeRow } from './notice.row.ts';
import { noticesProjection } from './notices.projection.ts';

export interface NoticeQuery {
  readonly communityId: string;
  /** Without those that are only scheduled. */
  readonly publishedOnly: boolean;
  /** Only those that address this resident, or everybody. */
  readonly addressing?: string | undefined;
}

export class NoticeReader {
  constructor(private readonly database: DataSource) {}

  byId(query: NoticeQuery, id: string): Promise<NoticeRow | null> {
    return this.select(query).andWhere('notice.id = :id', { id }).getOne();
  }

  /** The newest first; one more than `first` where there are more. */
  page(query: NoticeQuery, first: number, after?: InstantPlace): Promise<NoticeRow[]> {
    const notices = this.select(query)
      .orderBy('notice.writtenAt', 'DESC')
      .addOrderBy('notice.id', 'DESC')
      .take(first + 1);
    if (after)
      notices.andWhere('(notice.writtenAt, notice.id) < (:at, :afterId)', {
        at: after.at,
        afterId: after.id,
      });
    return notices.getMany();
  }

  count(query: NoticeQuery): Promise<number> {
    return this.select(query).getCount();
  }

  /** How many have acknowledged each, in the order of the ids. */
  async acknowledged(communityId: string, ids: readonly string[]): Promise<number[]> {
    const rows = await this.database
      .getRepository(NoticeAddresseeRow)
      .createQueryBuilder('one')
      .select('one.noticeId', 'id')
      .addSelect('count(one.acknowledgedAt)::int', 'acknowledged')
      .where('one.communityId = :communityId and one.noticeId = any(:ids)', { communityId, ids })
      .groupBy('one.noticeId')
      .getRawMany<{ id: string; acknowledged: number }>();
    const byId = new Map(rows.map(({ id, acknowledged }) => [id, acknowledged]));
    return ids.map((id) => byId.get(id) ?? 0);
  }

  /** Whom a notice addresses that have not acknowledged it, in the order of their ids. */
  async unacknowledged(communityId: string, noticeId: string): Promise<string[]> {
    const rows = await this.database.getRepository(NoticeAddresseeRow).find({
      where: { communityId, noticeId, acknowledgedAt: IsNull() },
      order: { residentId: 'ASC' },
    });
    return rows.map(({ residentId }) => residentId);
  }

  /** Whether a notice addresses a resident; a notice to everybody addresses all. */
  async isAddressed({ communityId, id, addressed }: NoticeRow, residentId: string): Promise<boolean> {
    if (addressed === null) return true;
    return this.database
      .getRepository(NoticeAddresseeRow)
      .existsBy({ communityId, noticeId: id, residentId });
  }

  /**
   * What a screen has to show, in the order of its publication, and what has ended since a position that was published
   * by then; all of one moment.
   *
   * @param building of the screen
   * @param now ISO 8601 UTC; what has expired by then is not valid, though nothing may have said so yet
   */
  forScreen(
    { communityId, building }: { readonly communityId: string; readonly building: string | null },
    now: string,
    since: string | null,
  ): Promise<{ readonly position: string; readonly value: { valid: NoticeRow[]; ended: NoticeRow[] } }> {
    return readAtOnePosition(this.database, noticesProjection, async (manager) => ({
      valid: await onScreen(manager, communityId, building)
        .andWhere(`notice.status = 'PUBLISHED'`)
        .andWhere('(notice.expiresAt is null or notice.expiresAt > :now)', { now })
        .getMany(),
      ended:
        since === null
          ? []
          : await onScreen(manager, communityId, building)
              .andWhere('notice.endedPosition > :since and notice.publishedPosition <= :since', { since })
              .getMany(),
    }));
  }

  private select({ communityId, publishedOnly, addressing }: NoticeQuery): SelectQueryBuilder<NoticeRow> {
    const notices = this.database.getRepository(NoticeRow).createQueryBuilder('notice');
    notices.where('notice.communityId = :communityId', { communityId });
    if (publishedOnly) notices.andWhere('notice.publishedAt is not null');
    if (addressing !== undefined)
      notices.andWhere(
        `(notice.addressed is null or exists (${notices
          .subQuery()
          .select('1')
          .from(NoticeAddresseeRow, 'one')
          .where('one.communityId = notice.communityId and one.noticeId = notice.id')
          .andWhere('one.residentId = :addressing')
          .getQuery()}))`,
        { addressing },
      );
    return notices;
  }
}

/** A screen shows what is for its building, and what is for all. */
function onScreen(
  manager: EntityManager,
  communityId: string,
  building: string | null,
): SelectQueryBuilder<NoticeRow> {
  const isForAll = `notice.audience -> 'buildings' = '[]'`;
  const isForIts = `notice.audience -> 'buildings' @> :buildings::jsonb`;
  return manager
    .createQueryBuilder(NoticeRow, 'notice')
    .where('notice.communityId = :communityId and notice.onScreens', { communityId })
    .andWhere(building === null ? isForAll : `(${isForAll} or ${isForIts})`)
    .setParameters(building === null ? {} : { buildings: JSON.stringify([building]) })
    .orderBy('notice.publishedPosition');
}
