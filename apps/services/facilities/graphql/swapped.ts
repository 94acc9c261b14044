import type { Point } from '../read/facility.reader.ts';

/** A community is nowhere as wide, and no two places whose latitude and longitude were swapped are as near. */
const FAR_DEGREES = 10;
const NEAR_DEGREES = 2;

/** The middle one by latitude and by longitude; a few that are wrong do not move it. */
export function medianOf(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  const middle = (of: (point: Point) => number): number =>
    points.map(of).sort((a, b) => a - b)[Math.floor(points.length / 2)]!;
  return { latitude: middle(({ latitude }) => latitude), longitude: middle(({ longitude }) => longitude) };
}

/** Whether a point is far away from the others, and would be among them with latitude and longitude swapped. */
export function isSwapped({ latitude, longitude }: Point, others: Point): boolean {
  const swapped = { latitude: longitude, longitude: latitude };
  return (
    degreesBetween({ latitude, longitude }, others) > FAR_DEGREES &&
    degreesBetween(swapped, others) < NEAR_DEGREES
  );
}

const degreesBetween = (a: Point, b: Point): number =>
  Math.max(Math.abs(a.latitude - b.latitude), Math.abs(a.longitude - b.longitude));
