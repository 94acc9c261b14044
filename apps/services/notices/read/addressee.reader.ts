import { bornBy, readAtOnePosition } from '@weinao/plugins';
import type { DirectoryEntry } from '@weinao/plugins';
import type { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { AddresseeRow } from './addressee.row.ts';
import { addresseesProjection } from './addressees.projection.ts';
import { ScreenRow } from './screen.row.ts';
import type { Addressed } from '../domain/notice.decider.ts';
import type { Audience } from '../domain/notice.events.ts';

const keepsResidents = ({ plugins }: DirectoryEntry): boolean => plugins.has('residents');

/** Whom an audience addresses, as the residents are known by now. */
export class AddresseeReader {
  constructor(private readonly database: DataSource) {}

  /** @param today the date of the community, YYYY-MM-DD */
  async addressed(community: DirectoryEntry, audience: Audience, today: string): Promise<Addressed> {
    const { position: asOf, value: residentIds } = await readAtOnePosition(
      this.database,
      addresseesProjection,
      async (manager) =>
        keepsResidents(community)
          ? idsOf(
              await select(manager, community.id, audience, today).orderBy('resident.residentId').getMany(),
            )
          : null,
    );
    return { residentIds, asOf };
  }

  /** How many; 0 where the community keeps no residents, and a notice is for everybody. */
  async count(community: DirectoryEntry, audience: Audience, today: string): Promise<number> {
    if (!keepsResidents(community)) return 0;
    return select(this.database.manager, community.id, audience, today).getCount();
  }

  /** Of these, where nobody lives and no screen hangs; none where the community keeps no residents. */
  async unknownBuildings(community: DirectoryEntry, buildings: readonly string[]): Promise<string[]> {
    if (buildings.length === 0 || !keepsResidents(community)) return [];
    const { manager } = this.database;
    const known = await Promise.all(
      [AddresseeRow, ScreenRow].map((row) =>
        manager
          .createQueryBuilder(row, 'one')
          .select('distinct one.building', 'building')
          .where('one.communityId = :id and one.building = any(:buildings)', { id: community.id, buildings })
          .getRawMany<{ building: string }>(),
      ),
    );
    const names = new Set(known.flat().map(({ building }) => building));
    return buildings.filter((building) => !names.has(building));
  }
}

const idsOf = (rows: readonly AddresseeRow[]): string[] => rows.map(({ residentId }) => residentId);

function select(
  manager: EntityManager,
  communityId: string,
  { buildings, minAge, maxAge, tags }: Audience,
  today: string,
): SelectQueryBuilder<AddresseeRow> {
  const residents = manager.createQueryBuilder(AddresseeRow, 'resident');
  residents.where('resident.communityId = :communityId', { communityId });
  if (buildings.length > 0) residents.andWhere('resident.building = any(:buildings)', { buildings });
  if (minAge !== null) residents.andWhere('resident.birthDate <= :oldest', { oldest: bornBy(today, minAge) });
  if (maxAge !== null)
    residents.andWhere('resident.birthDate > :youngest', { youngest: bornBy(today, maxAge + 1) });
  if (tags.length > 0) residents.andWhere('resident.tags @> :tags::jsonb', { tags: JSON.stringify(tags) });
  return residents;
}
