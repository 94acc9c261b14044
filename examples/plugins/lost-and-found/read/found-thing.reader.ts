import type { InstantPlace } from '@weinao/plugins';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { FoundThingRow } from './found-thing.row.ts';
import type { FoundThingStatus } from '../domain/found-thing.decider.ts';

export interface FoundThingQuery {
  readonly communityId: string;
  readonly status?: FoundThingStatus | null;
}

export class FoundThingReader {
  constructor(private readonly database: DataSource) {}

  byId(communityId: string, id: string): Promise<FoundThingRow | null> {
    return this.database.getRepository(FoundThingRow).findOneBy({ communityId, id });
  }

  /** The newest first; one more than `first` where there are more. */
  page(query: FoundThingQuery, first: number, after?: InstantPlace): Promise<FoundThingRow[]> {
    const things = this.select(query)
      .orderBy('thing.reportedAt', 'DESC')
      .addOrderBy('thing.id', 'DESC')
      .take(first + 1);
    if (after) things.andWhere('(thing.reportedAt, thing.id) < (:at, :id)', { ...after });
    return things.getMany();
  }

  count(query: FoundThingQuery): Promise<number> {
    return this.select(query).getCount();
  }

  private select({ communityId, status }: FoundThingQuery): SelectQueryBuilder<FoundThingRow> {
    const things = this.database.getRepository(FoundThingRow).createQueryBuilder('thing');
    things.where('thing.communityId = :communityId', { communityId });
    if (status) things.andWhere('thing.status = :status', { status });
    return things;
  }
}
