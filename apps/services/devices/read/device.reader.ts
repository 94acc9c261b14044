import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { DeviceRow } from './device.row.ts';
import type { DeviceKind } from '../domain/device.events.ts';

export interface DeviceQuery {
  readonly communityId: string;
  readonly kind?: DeviceKind | null;
  readonly online?: boolean | null;
}

export class DeviceReader {
  constructor(private readonly database: DataSource) {}

  byId(communityId: string, id: string): Promise<DeviceRow | null> {
    return this.database.getRepository(DeviceRow).findOneBy({ communityId, id });
  }

  /** In the order of the ids; one more than `first` where there are more. */
  page(query: DeviceQuery, first: number, after?: string): Promise<DeviceRow[]> {
    const devices = this.select(query)
      .orderBy('device.id')
      .take(first + 1);
    if (after !== undefined) devices.andWhere('device.id > :after', { after });
    return devices.getMany();
  }

  count(query: DeviceQuery): Promise<number> {
    return this.select(query).getCount();
  }

  private select({ communityId, kind, online }: DeviceQuery): SelectQueryBuilder<DeviceRow> {
    const devices = this.database.getRepository(DeviceRow).createQueryBuilder('device');
    devices.where('device.communityId = :communityId', { communityId });
    if (kind) devices.andWhere('device.kind = :kind', { kind });
    if (typeof online === 'boolean') devices.andWhere('device.online = :online', { online });
    return devices;
  }
}
