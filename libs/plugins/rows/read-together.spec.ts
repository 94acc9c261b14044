import { describe, expect, it } from '@jest/globals';
import { ReadTogether } from './read-together.ts';

describe('what is read together', () => {
  it('is one query for those who ask in one moment, and another for those who come while it runs', async () => {
    const queries: (readonly string[])[] = [];
    let late: Promise<number> | undefined;
    const numbers = new ReadTogether<number>(async (_community, ids) => {
      queries.push(ids);
      late ??= numbers.of('sunshine', '9');
      return new Map(ids.map((id) => [id, Number(id)]));
    });
    expect(await Promise.all(['1', '2', '1'].map((id) => numbers.of('sunshine', id)))).toEqual([1, 2, 1]);
    expect(await late).toBe(9);
    expect(queries).toEqual([['1', '2'], ['9']]);
  });

  it('is of one community a query', async () => {
    const queries: string[] = [];
    const names = new ReadTogether<string>(async (community, ids) => {
      queries.push(community);
      return new Map(ids.map((id) => [id, `${community} ${id}`]));
    });
    const asked = [names.of('sunshine', '1'), names.of('riverside', '1')];
    expect(await Promise.all(asked)).toEqual(['sunshine 1', 'riverside 1']);
    expect(queries.sort()).toEqual(['riverside', 'sunshine']);
  });

  it('is no more than a hundred a query', async () => {
    const sizes: number[] = [];
    const names = new ReadTogether<string>(async (_community, ids) => {
      sizes.push(ids.length);
      return new Map(ids.map((id) => [id, id]));
    });
    await Promise.all(Array.from({ length: 250 }, (_, id) => names.of('sunshine', String(id))));
    expect(sizes).toEqual([100, 100, 50]);
  });

  it('fails alone for what is not there, together where the query fails, and goes on afterwards', async () => {
    let isAway = false;
    const names = new ReadTogether<string>(async () => {
      if (isAway) throw new Error('the database is away');
      return new Map([['1', 'lamp']]);
    });
    const [there, missing] = await Promise.allSettled([names.of('sunshine', '1'), names.of('sunshine', '2')]);
    expect(there).toMatchObject({ value: 'lamp' });
    expect(missing).toMatchObject({ reason: { message: 'There is no 2 in sunshine' } });
    isAway = true;
    await expect(names.of('sunshine', '1')).rejects.toThrow('away');
    isAway = false;
    expect(await names.of('sunshine', '1')).toBe('lamp');
  });
});
