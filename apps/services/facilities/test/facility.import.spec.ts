import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenRules, openPluginHarness, people } from '@weinao/testing';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing';
import { collection, feature, IMPORT, LIST, NEAREST, READ, REGISTER, REPORT } from './facility.documents.ts';
import { plugin } from '../plugin.ts';

let harness: PluginHarness;
let chen: HarnessViewer;

beforeAll(async () => {
  harness = await openPluginHarness(plugin);
  chen = harness.as(people.propertyChen);
});

afterAll(() => harness.close());

const imported = async (...features: readonly unknown[]): Promise<LookedInto> =>
  (await chen.data(IMPORT, { geojson: collection(...features) })).importFacilities;
const refused = (...features: readonly unknown[]): Promise<string[]> =>
  brokenRules(chen, IMPORT, { geojson: collection(...features) });
const read = async (id: string): Promise<LookedInto> => (await chen.data(READ, { id })).facility;

const first = feature('node/1', [120.151, 30.25], { ref: 'H-7', 'fire_hydrant:type': 'pillar' });
const clinic = {
  type: 'Feature',
  properties: { '@id': 'way/2', amenity: 'clinic', name: '桂花苑卫生服务站' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [120.1, 30.2],
        [120.3, 30.2],
        [120.3, 30.4],
        [120.1, 30.4],
        [120.1, 30.2],
      ],
    ],
  },
};

describe('a map of OpenStreetMap', () => {
  it('becomes facilities by its tags, named by themselves or by what they are', async () => {
    expect(await imported(first, clinic)).toEqual({ created: 2, updated: 0 });
    expect(await read('node-1')).toMatchObject({
      kind: 'HYDRANT',
      name: '消火栓 H-7',
      location: { point: { latitude: 30.25, longitude: 120.151 } },
      attributes: { emergency: 'fire_hydrant', ref: 'H-7', 'fire_hydrant:type': 'pillar' },
    });
    const { name, kind, location } = await read('way-2');
    expect([name, kind]).toEqual(['桂花苑卫生服务站', 'CLINIC']);
    expect(location.point.latitude).toBeCloseTo(30.3);
    expect(location.point.longitude).toBeCloseTo(120.2);
  });

  it('amends what is known by its id, and says nothing where nothing changed', async () => {
    const before = (await harness.events()).length;
    expect(await imported(first, clinic)).toEqual({ created: 0, updated: 2 });
    expect((await harness.events()).length).toBe(before);
    await imported(feature('node/1', [120.152, 30.25]));
    expect(await read('node-1')).toMatchObject({ location: { point: { longitude: 120.152 } } });
    expect((await harness.events()).length).toBe(before + 1);
  });

  it('knows places without an id again by what and where they are', async () => {
    const shed = {
      ...feature(undefined, [120.15, 30.25], { emergency: undefined, kind: 'BICYCLE_SHED', name: '车棚' }),
    };
    expect(await imported(shed)).toEqual({ created: 1, updated: 0 });
    expect(await imported(shed)).toEqual({ created: 0, updated: 1 });
  });

  it.each([
    [
      'MultiPoint',
      [
        [120.15, 30.25],
        [1, 1],
      ],
    ],
    [
      'LineString',
      [
        [120.15, 30.25],
        [1, 1],
      ],
    ],
    [
      'MultiLineString',
      [
        [
          [120.15, 30.25],
          [1, 1],
        ],
      ],
    ],
    [
      'MultiPolygon',
      [
        [
          [
            [120.14, 30.25],
            [120.15, 30.27],
            [120.16, 30.23],
            [120.14, 30.25],
          ],
        ],
      ],
    ],
  ])('takes a %s', async (type, coordinates) => {
    const place = { ...feature(`g-${type}`, null), geometry: { type, coordinates } };
    expect(await imported(place)).toEqual({ created: 1, updated: 0 });
    const { location } = await read(`g-${type}`);
    expect(location.point.latitude).toBeCloseTo(30.25);
    expect(location.point.longitude).toBeCloseTo(120.15);
  });
});

describe('a map that does not fit', () => {
  it('is refused with every feature that is wrong, and nothing of it is taken', async () => {
    const before = await harness.events();
    const longName = '长'.repeat(201);
    const wrong = await refused(
      feature('ok', [120.15, 30.25]),
      feature('lat', [30.25, 120.15]),
      feature('text', ['120.15', '30.25']),
      { type: 'Feature', properties: {}, geometry: null },
      feature('unknown', [120.15, 30.25], { emergency: 'siren' }),
      feature('a b', [120.15, 30.25], { name: longName, note: 'x'.repeat(4_001) }),
      feature('ok', [120.15, 30.25]),
      null,
    );
    expect(wrong).toEqual(
      [
        'features[1].geometry.coordinates coordinates',
        'features[2].geometry.coordinates coordinates',
        'features[3].geometry geometry',
        'features[4].kind matches',
        'features[4].name isString',
        'features[4].name maxLength',
        'features[5].attributes attributes',
        'features[5].id matches',
        'features[5].name maxLength',
        'features[6].id unique',
        'features[7].geometry geometry',
      ].sort(),
    );
    expect(await harness.events()).toEqual(before);
  });

  it('is refused where a place would be far away, and near with its coordinates swapped', async () => {
    const germany = [feature('g-1', [7.2, 51.4]), feature('g-2', [7.21, 51.41]), feature('g-3', [51.4, 7.2])];
    const other = await openPluginHarness(plugin);
    const sun = other.as(people.adminSun);
    const geojson = collection(...germany);
    expect(await brokenRules(sun, IMPORT, { geojson })).toEqual(['features[2].geometry.coordinates swapped']);
    await sun.data(IMPORT, { geojson: collection(...germany.slice(0, 2)) });
    const alone = { geojson: collection(germany[2]) };
    expect(await brokenRules(sun, IMPORT, alone)).toEqual(['features[0].geometry.coordinates swapped']);
    await other.close();
  });

  it.each([
    ['a text', 'FeatureCollection'],
    ['null', null],
    ['a feature alone', first],
    ['an empty collection', collection()],
    ['too many features', collection(...Array.from({ length: 2_001 }, (_, n) => feature(n, [1, 1])))],
  ])('is refused as no collection: %s', async (_case, geojson) => {
    const broken =
      geojson === null
        ? await chen.refusal(IMPORT, { geojson })
        : await brokenRules(chen, IMPORT, { geojson });
    expect(broken).toEqual(geojson === null ? 'BAD_USER_INPUT' : ['geojson featureCollection']);
  });
});

describe('what does not fit', () => {
  it('is named all at once, and nothing is stored', async () => {
    const before = await harness.events();
    const point = { latitude: 91, longitude: 0 };
    const input = { id: '../x', kind: 'hydrant', name: ' ', location: { point }, attributes: [1] };
    expect(await brokenRules(chen, REGISTER, { input })).toEqual([
      'attributes attributes',
      'id matches',
      'kind matches',
      'location.point.latitude isLatitude',
      'name notBlank',
    ]);
    const nowhere = { kind: 'LIFT', name: '电梯', location: {} };
    expect(await brokenRules(chen, REGISTER, { input: nowhere })).toEqual(['location somewhere']);
    const impossible = { id: 'node-1', hasWater: true, pressureKPa: 2_501 };
    expect(await brokenRules(chen, REPORT, impossible)).toEqual(['pressureKPa max']);
    const future = new Date(harness.clock.now().getTime() + 1_000).toISOString();
    expect(await brokenRules(chen, REPORT, { ...impossible, pressureKPa: 1, at: future })).toEqual([
      'at notInTheFuture',
    ]);
    const nearest = { kind: '', point: { latitude: -91, longitude: 181 }, first: 51 };
    expect(await brokenRules(chen, NEAREST, nearest)).toEqual([
      'first max',
      'kind matches',
      'point.latitude isLatitude',
      'point.longitude isLongitude',
    ]);
    expect(await brokenRules(chen, LIST, { filter: { kind: 'x', text: ' ' } })).toEqual([
      'filter.kind matches',
      'filter.text notBlank',
    ]);
    expect(
      await chen.refusal(REGISTER, { input: { ...nowhere, id: 'node-1', location: { building: '1' } } }),
    ).toBe('CONFLICT');
    expect(await harness.events()).toEqual(before);
  });
});
