import { containing } from '@weinao/plugins';
import { In } from 'typeorm';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { FacilityRow } from './facility.row.ts';
import { HydrantWaterRow } from './hydrant-water.row.ts';

export interface FacilityQuery {
  readonly communityId: string;
  readonly kind?: string | null;
  /** Part of the name or the address, in any case. */
  readonly text?: string | null;
}

/** WGS 84 degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Nearby {
  readonly facility: FacilityRow;
  readonly metres: number;
}

/** Mean radius of the earth by the IUGG; its flattening makes distances on the sphere wrong by up to 0.5 %. */
const EARTH_RADIUS_M = 6_371_008.8;

/** Great-circle distance by the haversine formula; right at the poles and across the date line. */
const METRES = `2 * ${EARTH_RADIUS_M} * asin(least(1, sqrt(
  power(sin(radians(facility.latitude - :latitude) / 2), 2)
  + cos(radians(:latitude)) * cos(radians(facility.latitude))
    * power(sin(radians(facility.longitude - :longitude) / 2), 2))))`;

/** With water, unknown, dry. */
const WATER_RANK = `case when water.read_at is null or water.read_at < :oldest then 1
  when water.has_water then 0 else 2 end`;

export class FacilityReader {
  constructor(private readonly database: DataSource) {}

  byId(communityId: string, id: string): Promise<FacilityRow | null> {
    return this.database.getRepository(FacilityRow).findOneBy({ communityId, id });
  }

  /** In the order of the ids; undefined for what was never read. */
  async waterOf(communityId: string, ids: readonly string[]): Promise<(HydrantWaterRow | undefined)[]> {
    const rows = await this.database.getRepository(HydrantWaterRow).findBy({ communityId, id: In(ids) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }

  /** In the order of the ids; one more than `first` where there are more. */
  page(query: FacilityQuery, first: number, after?: string): Promise<FacilityRow[]> {
    const facilities = this.select(query)
      .orderBy('facility.id')
      .take(first + 1);
    if (after !== undefined) facilities.andWhere('facility.id > :after', { after });
    return facilities.getMany();
  }

  count(query: FacilityQuery): Promise<number> {
    return this.select(query).getCount();
  }

  nearest(query: FacilityQuery, from: Point, first: number): Promise<Nearby[]> {
    return this.byDistance(this.select(query), from, first);
  }

  /** Nearest first among those with water, then of which nothing newer than `oldest` is known, then the dry ones. */
  nearestHydrants(communityId: string, from: Point, oldest: string, first: number): Promise<Nearby[]> {
    const hydrants = this.select({ communityId, kind: 'HYDRANT' })
      .leftJoin(
        HydrantWaterRow,
        'water',
        'water.communityId = facility.communityId and water.id = facility.id',
      )
      .addSelect(WATER_RANK, 'rank')
      .orderBy('rank')
      .setParameters({ oldest });
    return this.byDistance(hydrants, from, first);
  }

  /** Where a building of this name is, as far as it is registered. */
  async pointOfBuilding(communityId: string, name: string): Promise<Point | undefined> {
    const found = await this.database
      .getRepository(FacilityRow)
      .findOneBy({ communityId, kind: 'BUILDING', name });
    return found?.location.point ?? undefined;
  }

  /** The middle of all points of a community; undefined where there is none. */
  async middleOf(communityId: string): Promise<Point | undefined> {
    const { latitude, longitude } = (await this.database
      .getRepository(FacilityRow)
      .createQueryBuilder('facility')
      .select('avg(facility.latitude)', 'latitude')
      .addSelect('avg(facility.longitude)', 'longitude')
      .where({ communityId })
      .getRawOne<{ latitude: number | null; longitude: number | null }>())!;
    return latitude === null || longitude === null ? undefined : { latitude, longitude };
  }

  private async byDistance(
    facilities: SelectQueryBuilder<FacilityRow>,
    { latitude, longitude }: Point,
    first: number,
  ): Promise<Nearby[]> {
    const { entities, raw } = await facilities
      .andWhere('facility.latitude is not null')
      .addSelect(METRES, 'metres')
      .setParameters({ latitude, longitude })
      .addOrderBy('metres')
      .addOrderBy('facility.id')
      .limit(first)
      .getRawAndEntities<{ metres: number }>();
    return entities.map((facility, index) => ({ facility, metres: raw[index]!.metres }));
  }

  private select({ communityId, kind, text }: FacilityQuery): SelectQueryBuilder<FacilityRow> {
    const facilities = this.database.getRepository(FacilityRow).createQueryBuilder('facility');
    facilities.where('facility.communityId = :communityId', { communityId });
    if (kind) facilities.andWhere('facility.kind = :kind', { kind });
    if (text)
      facilities.andWhere(
        `(facility.name ilike :pattern or facility.location ->> 'address' ilike :pattern)`,
        {
          pattern: containing(text),
        },
      );
    return facilities;
  }
}
