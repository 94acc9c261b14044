import { fingerprint } from '@weinao/events';
import type { AlertDescription, AlertKind, AlertLocation } from './alert.events.ts';

/** Long enough that no two places of a community share one. */
const KEY_LENGTH = 20;
/** Four decimals of a degree are about ten metres. */
const POINT_DECIMALS = 4;

/** What signals of one kind are about, so that those of one place meet: the most exact place that people speak of. */
function placeOf({ address, building, unit, point }: AlertLocation): unknown {
  if (building) return [building, unit ?? null];
  if (address) return address;
  if (point) return [point.latitude.toFixed(POINT_DECIMALS), point.longitude.toFixed(POINT_DECIMALS)];
  return null;
}

/** Names the stream of a place's alerts of one kind. A drill is not mixed with what is meant. */
export function placeKey({
  kind,
  drill,
  location,
  sourceId,
}: Pick<AlertDescription, 'kind' | 'drill' | 'location' | 'sourceId'>): string | undefined {
  const place = (location && placeOf(location)) ?? sourceId;
  return place === null ? undefined : keyOf(kind, drill, place);
}

/** Of what concerns one device or resident, wherever that is. */
export const sourceKey = (kind: AlertKind, sourceId: string): string =>
  keyOf(kind, false, ['source', sourceId]);

const keyOf = (...parts: readonly unknown[]): string => fingerprint(parts).slice(0, KEY_LENGTH);

export const alertId = (place: string, ordinal: number): string => `${place}.${ordinal}`;

/** Undefined for what is no alert's id. */
export function parseAlertId(id: string): { readonly place: string; readonly ordinal: number } | undefined {
  const [, place, ordinal] = /^([0-9a-f-]{20,36})\.([1-9]\d{0,8})$/.exec(id) ?? [];
  return place === undefined ? undefined : { place, ordinal: Number(ordinal) };
}
