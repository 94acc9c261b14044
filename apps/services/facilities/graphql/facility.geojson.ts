import { derivedId } from '@weinao/events';
import { BadUserInput, problemsOf } from '@weinao/plugins';
import type { Problem } from '@weinao/plugins';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { RegisterFacilityInput } from './facility.inputs.ts';
import { pointOf } from './geojson.geometry.ts';
import { kindOfTags } from './osm-kinds.ts';
import { isSwapped, medianOf } from './swapped.ts';
import type { FacilityDetails } from '../domain/facility.events.ts';
import type { Point } from '../read/facility.reader.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface ImportedFacility {
  readonly id: string;
  readonly details: FacilityDetails;
}

const MOST_FEATURES = 2_000;

/**
 * Reads a GeoJSON FeatureCollection.
 *
 * @param middle of what the community has already; undefined where it has nothing
 * @returns what is good, and everything that is wrong by the feature's turn, from 0
 * @throws BadUserInput for what is no FeatureCollection
 */
export function readFacilities(
  geojson: unknown,
  middle: Point | undefined,
): { readonly facilities: readonly ImportedFacility[]; readonly problems: readonly Problem[] } {
  const features = featuresOf(geojson);
  const points = features.map((feature) => pointOf(partOf(feature, 'geometry')));
  const others = middle ?? medianOf(points.filter((point) => typeof point !== 'string'));
  const problems: Problem[] = [];
  const facilities = new Map<string, ImportedFacility>();
  for (const [turn, feature] of features.entries()) {
    const wrong = (...found: readonly Problem[]): unknown => problems.push(...found.map(inFeature(turn)));
    const point = points[turn]!;
    if (typeof point === 'string') {
      wrong(WRONG[point]);
      continue;
    }
    if (others && isSwapped(point, others)) wrong(WRONG.swapped);
    const { id, ...input } = inputOf(feature, point);
    wrong(...problemsOf(validateSync(plainToInstance(RegisterFacilityInput, { id, ...input }))));
    if (facilities.has(id)) wrong(WRONG.twice);
    facilities.set(id, { id, details: { ...input, location: { point } } });
  }
  return { facilities: [...facilities.values()], problems };
}

const inFeature =
  (turn: number) =>
  ({ path, rule, message }: Problem): Problem => ({ path: `features[${turn}].${path}`, rule, message });

const WRONG = {
  geometry: { path: 'geometry', rule: 'geometry', message: 'geometry must be one with coordinates' },
  coordinates: {
    path: 'geometry.coordinates',
    rule: 'coordinates',
    message: 'coordinates must be a longitude (-180 to 180), then a latitude (-90 to 90)',
  },
  swapped: {
    path: 'geometry.coordinates',
    rule: 'swapped',
    message: 'the longitude must come first: the place is far away, and would be near with the two swapped',
  },
  twice: { path: 'id', rule: 'unique', message: 'an earlier feature has the same id' },
} satisfies Record<string, Problem>;

function featuresOf(geojson: unknown): readonly unknown[] {
  const features = partOf(geojson, 'features');
  if (partOf(geojson, 'type') !== 'FeatureCollection' || !Array.isArray(features))
    throw noCollection('geojson must be a GeoJSON FeatureCollection');
  if (features.length === 0 || features.length > MOST_FEATURES)
    throw noCollection(`geojson must have 1 to ${MOST_FEATURES} features`);
  return features;
}

const noCollection = (message: string): BadUserInput =>
  new BadUserInput([{ path: 'geojson', rule: 'featureCollection', message }]);

/** The same place gets the same id again, so that it can be amended; whether it all fits is not looked at. */
function inputOf(feature: unknown, point: Point): Omit<FacilityDetails, 'location'> & ImportedInput {
  const given = (partOf(feature, 'properties') ?? {}) as Properties;
  const { kind: ownKind, name: ownName, '@id': tagId, ...tags } = given;
  const osm = kindOfTags(tags);
  const kind = (ownKind ?? osm?.kind) as string;
  const name = (ownName ?? (osm && [osm.name, tags.ref].filter(Boolean).join(' '))) as string;
  const source = (partOf(feature, 'id') ?? tagId) as string | number | null | undefined;
  const id = source === undefined || source === null ? placeId(kind, name, point) : safe(String(source));
  return { id, kind, name, location: { point }, attributes: Object.keys(tags).length === 0 ? null : tags };
}

interface ImportedInput {
  readonly id: string;
  readonly location: { readonly point: Point };
}

const placeId = (kind: string, name: string, { latitude, longitude }: Point): string =>
  derivedId('facility', String(kind), String(name), latitude, longitude);

/** OpenStreetMap's ids are such as node/282666976. */
const safe = (id: string): string => id.replaceAll(/[/:]/g, '-');

const partOf = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null ? (whole as Properties)[name] : undefined;
