import type { InstantPlace } from '@weinao/plugins';
import { In } from 'typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { AlertRow } from './alert.row.ts';
import type { AlertStatus } from './alert.row.ts';
import type { AlertKind } from '../domain/alert.events.ts';

export interface AlertQuery {
  readonly communityId: string;
  readonly status?: readonly AlertStatus[] | null;
  readonly kind?: AlertKind | null;
  /** Whether it is neither resolved nor a false alarm. */
  readonly open?: boolean | null;
}

export class AlertReader {
  constructor(private readonly database: DataSource) {}

  /** In the order of the ids; undefined for what there is not. */
  async byIds(communityId: string, ids: readonly string[]): Promise<(AlertRow | undefined)[]> {
    const rows = await this.database.getRepository(AlertRow).findBy({ communityId, id: In(ids) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** The newest first; one more than `first` where there are more. */
  page(query: AlertQuery, first: number, after?: InstantPlace): Promise<AlertRow[]> {
    const alerts = this.select(query)
      .orderBy('alert.raisedAt', 'DESC')
      .addOrderBy('alert.id', 'DESC')
      .take(first + 1);
    if (after) alerts.andWhere('(alert.raisedAt, alert.id) < (:at, :id)', { ...after });
    return alerts.getMany();
  }

  count(query: AlertQuery): Promise<number> {
    return this.select(query).getCount();
  }

  private select({ communityId, status, kind, open }: AlertQuery): SelectQueryBuilder<AlertRow> {
    const alerts = this.database.getRepository(AlertRow).createQueryBuilder('alert');
    alerts.where('alert.communityId = :communityId', { communityId });
    if (status) alerts.andWhere('alert.status = any(:status)', { status });
    if (kind) alerts.andWhere('alert.kind = :kind', { kind });
    if (typeof open === 'boolean') alerts.andWhere('(alert.resolvedAt is null) = :open', { open });
    return alerts;
  }
}
