import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';

const fixture = new ProcessFixture();
let directory: string;
let url: string;

beforeAll(async () => {
  directory = await fixture.directory();
  ({ url } = await fixture.standalone(directory));
});

afterAll(() => fixture.cleanUp());

const inDirectory = (file: string): string => join(directory, file);

describe('weinao import facilities', () => {
  const feature = (id: number, latitude = 30.27) => ({
    type: 'Feature',
    id: `h-${id}`,
    properties: { emergency: 'fire_hydrant', note: 'x'.repeat(200) },
    geometry: { type: 'Point', coordinates: [120.15, latitude] },
  });
  const importMap = async (file: string, features: readonly object[]) => {
    await writeFile(inDirectory(file), JSON.stringify({ type: 'FeatureCollection', features }));
    return fixture.weinao(
      directory,
      ...['import', 'facilities', inDirectory(file), '--community', 'osmanthus-court', '--url', url],
    );
  };
  const hydrants = async (): Promise<number> => {
    const { wang } = await peopleOf(url, directory);
    const { data } = await wang.ask('{ facilities { totalCount } }');
    return data.facilities.totalCount as number;
  };

  it('brings in a map that is larger than a request may be, and amends it when it comes again', async () => {
    const before = await hydrants();
    const features = Array.from({ length: 500 }, (_, index) => feature(index));
    expect(JSON.stringify(features).length).toBeGreaterThan(131_072);
    const first = await importMap('map.geojson', features);
    expect([first.errors.trim(), first.code]).toEqual(['500 features: 500 new, 0 known before', 0]);
    expect(await hydrants()).toBe(before + 500);
    const again = await importMap('map.geojson', features);
    expect(again.errors.trim()).toBe('500 features: 0 new, 500 known before');
  });

  it('names what is wrong by its place in the file, and says what is in', async () => {
    const features = Array.from({ length: 300 }, (_, index) =>
      feature(1_000 + index, index === 250 ? 95 : 30.27),
    );
    const { errors, code } = await importMap('wrong.geojson', features);
    expect(code).toBe(1);
    expect(errors).toMatch(/features\[250\]\.geometry\.coordinates: .*latitude/);
    expect(errors).toContain('What was sent before is in; run it again to go on.');
  });

  it.each([
    ['places.csv', 'A CSV file needs --map'],
    ['mapping.geojson', 'is no GeoJSON FeatureCollection'],
    ['nowhere.geojson', 'cannot be read as JSON'],
  ])('says in a sentence what is wrong with %s', async (file, complaint) => {
    await writeFile(inDirectory('mapping.geojson'), '{"type":"Feature"}');
    const { errors, code } = await fixture.weinao(
      directory,
      ...['import', 'facilities', inDirectory(file), '--community', 'osmanthus-court', '--url', url],
    );
    expect(code).toBe(1);
    expect(errors).toContain(complaint);
  });
});
