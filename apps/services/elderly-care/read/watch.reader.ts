import { IsNull, MoreThan, Not } from 'typeorm';
import type { DataSource, FindOptionsWhere } from 'typeorm';
import { WatchRow } from './watch.row.ts';
import type { WatchStatus } from '../domain/watch.state.ts';

export interface WatchQuery {
  readonly communityId: string;
  readonly status?: WatchStatus | null;
}

export class WatchReader {
  constructor(private readonly database: DataSource) {}

  /** Null for somebody who was never watched. */
  byResident(communityId: string, residentId: string): Promise<WatchRow | null> {
    return this.watches.findOneBy({ communityId, residentId, status: Not(IsNull()) });
  }

  /** In the order of the residents' ids; one more than `first` where there are more. */
  page(query: WatchQuery, first: number, after?: string): Promise<WatchRow[]> {
    const from = after === undefined ? {} : { residentId: MoreThan(after) };
    return this.watches.find({
      where: { ...conditionsOf(query), ...from },
      order: { residentId: 'ASC' },
      take: first + 1,
    });
  }

  count(query: WatchQuery): Promise<number> {
    return this.watches.countBy(conditionsOf(query));
  }

  private get watches() {
    return this.database.getRepository(WatchRow);
  }
}

const conditionsOf = ({ communityId, status }: WatchQuery): FindOptionsWhere<WatchRow> => ({
  communityId,
  status: status ?? Not(IsNull()),
});
