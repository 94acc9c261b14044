import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import type { PoolClient } from 'pg';
import { rowKey } from '../index.ts';
import { RowSet } from '../projection/row-set.ts';
import { RowStorage } from '../projection/row-storage.ts';

class DeviceRow {
  deviceId: string;
  seenAt: string | null;
  place: unknown;
  tags: unknown;
  grid: unknown;
  level: unknown;
  active: boolean | null;
  shortName: string | null;
}

const table = { type: DeviceRow, table: 'device', key: ['deviceId'] };
const alarm: DeviceRow = {
  deviceId: 'alarm "1" \\ {},NULL\n',
  seenAt: '2026-03-02T08:00:00.000Z',
  place: { building: '3号楼', floors: [1, 2], note: null },
  tags: ['smoke', 'a "quoted" \\ one', '', 'NULL', 'with, comma'],
  grid: [
    [1, 2],
    [3, 4],
  ],
  level: 1.5,
  active: true,
  shortName: '烟感',
};

describe('the rows of a projection in its tables', () => {
  let database: TestDatabase;
  let client: PoolClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = await database.pool.connect();
  });
  beforeEach(async () => {
    await client.query(`drop table if exists public.device; create table public.device (
      device_id text primary key, seen_at timestamptz, place jsonb, tags text[], grid integer[], level double precision,
      active boolean, short_name varchar(5))`);
  });
  afterAll(async () => {
    client.release();
    await database.close();
  });

  async function saved(...devices: readonly Partial<DeviceRow>[]): Promise<unknown[]> {
    const storage = new RowStorage('public', [table]);
    const rows = new RowSet([table]);
    for (const device of devices) rows.put(DeviceRow, device as DeviceRow);
    await storage.save(client, rows);
    const loaded = new RowSet([table]);
    await storage.load(
      client,
      devices.map(({ deviceId }) => rowKey(DeviceRow, { deviceId: deviceId! })),
      loaded,
    );
    return loaded.all(DeviceRow);
  }

  it('come back as they were put, whatever the type of a column', async () => {
    expect(await saved(alarm)).toEqual([alarm]);
  });

  it.each<[string, Partial<DeviceRow>, Partial<DeviceRow>]>([
    ['a text, a number or a truth value in a json column', { place: 'lift "1"' }, { place: 'lift "1"' }],
    [
      'what is not there',
      { place: undefined, tags: null, seenAt: undefined },
      { place: null, tags: null, seenAt: null },
    ],
    ['a number that JSON does not know', { level: Number.NaN }, { level: null }],
    ['an empty list, and one with nothing in it', { tags: [], grid: [null] }, { tags: [], grid: [null] }],
    ['a large and a small number', { level: 1e300 }, { level: 1e300 }],
  ])('take %s as JSON has it', async (_name, change, stored) => {
    expect(await saved({ ...alarm, ...change })).toEqual([{ ...alarm, ...stored }]);
  });

  it('are changed and removed by their key, many in one go', async () => {
    const devices = Array.from({ length: 25_000 }, (_, n) => ({ ...alarm, deviceId: `alarm-${n}` }));
    expect(await saved(...devices)).toHaveLength(25_000);
    expect(await saved({ ...alarm, deviceId: 'alarm-7', level: 2 })).toEqual([
      { ...alarm, deviceId: 'alarm-7', level: 2 },
    ]);
    const rows = new RowSet([table]);
    for (const { deviceId } of devices.slice(1)) rows.remove(DeviceRow, { deviceId });
    await new RowStorage('public', [table]).save(client, rows);
    expect((await client.query('select device_id from device')).rows).toEqual([{ device_id: 'alarm-0' }]);
  });

  it('are refused where they do not fit, not cut', async () => {
    await expect(saved({ ...alarm, shortName: '独立式感烟火灾报警器' })).rejects.toMatchObject({
      code: '22001',
    });
    await expect(saved({ ...alarm, level: 'high' })).rejects.toMatchObject({ code: '22P02' });
    await expect(saved({ ...alarm, colour: 'red' } as never)).rejects.toThrow('has no column colour');
  });
});
