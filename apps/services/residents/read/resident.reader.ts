import { containing } from '@weinao/plugins';
import { Brackets, In } from 'typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { ResidentRow } from './resident.row.ts';

export interface ResidentQuery {
  readonly communityId: string;
  readonly building?: string | null;
  /** YYYY-MM-DD */
  readonly bornBy?: string;
  readonly tag?: string | null;
  /** Part of the name, phone, building, unit or room, in any case. */
  readonly text?: string | null;
}

export class ResidentReader {
  constructor(private readonly database: DataSource) {}

  /** In the order of the ids; undefined for whom there is not. */
  async byIds(communityId: string, ids: readonly string[]): Promise<(ResidentRow | undefined)[]> {
    const rows = await this.database.getRepository(ResidentRow).findBy({ communityId, id: In(ids) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** In the order of the ids; one more than `first` where there are more. */
  page(query: ResidentQuery, first: number, after?: string): Promise<ResidentRow[]> {
    const residents = this.select(query)
      .orderBy('resident.id')
      .take(first + 1);
    if (after !== undefined) residents.andWhere('resident.id > :after', { after });
    return residents.getMany();
  }

  count(query: ResidentQuery): Promise<number> {
    return this.select(query).getCount();
  }

  private select({
    communityId,
    building,
    bornBy,
    tag,
    text,
  }: ResidentQuery): SelectQueryBuilder<ResidentRow> {
    const residents = this.database.getRepository(ResidentRow).createQueryBuilder('resident');
    residents.where('resident.communityId = :communityId', { communityId });
    if (building) residents.andWhere('resident.building = :building', { building });
    if (bornBy) residents.andWhere('resident.birthDate <= :bornBy', { bornBy });
    if (tag) residents.andWhere('resident.tags @> :tag::jsonb', { tag: JSON.stringify([tag]) });
    if (text) residents.andWhere(anyText(text));
    return residents;
  }
}

function anyText(text: string): Brackets {
  const pattern = containing(text);
  return new Brackets((any) => {
    for (const column of ['name', 'phone', 'building', 'unit', 'room'])
      any.orWhere(`resident.${column} ilike :pattern`, { pattern });
  });
}
