import type { Point } from '../read/facility.reader.ts';

/** What is wrong with a position: the rule that it breaks. */
export type Wrong = 'geometry' | 'coordinates';

/** Where a GeoJSON geometry (RFC 7946) is: a point itself, the middle of a polygon's rim, the first of several. */
export function pointOf(geometry: unknown): Point | Wrong {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  switch (type) {
    case 'Point':
      return position(coordinates);
    case 'MultiPoint':
    case 'LineString':
      return position(firstOf(coordinates));
    case 'MultiLineString':
      return position(firstOf(firstOf(coordinates)));
    case 'Polygon':
      return middle(firstOf(coordinates));
    case 'MultiPolygon':
      return middle(firstOf(firstOf(coordinates)));
    default:
      return 'geometry';
  }
}

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

/** Longitude first, and possible. */
function position(given: unknown): Point | Wrong {
  const [longitude, latitude] = (Array.isArray(given) ? given : []) as unknown[];
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return 'coordinates';
  const isPossible = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
  return isPossible ? { latitude, longitude } : 'coordinates';
}

/** Of a ring, whose last position repeats the first. */
function middle(ring: unknown): Point | Wrong {
  const points = (Array.isArray(ring) ? ring.slice(0, -1) : []).map(position);
  const possible = points.filter((point) => typeof point !== 'string');
  if (points.length < 3 || possible.length < points.length) return 'coordinates';
  const mean = (of: (point: Point) => number): number =>
    possible.reduce((sum, point) => sum + of(point), 0) / possible.length;
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}
