import type { AlertLocation } from '../domain/alert.events.ts';

const MOST_TITLE_LENGTH = 200;

/** What people read first: what, and where as far as it is known. */
export function titleOf(what: string, location: AlertLocation | null, otherwise: string): string {
  const { building, unit, address } = location ?? {};
  const where = building ? `${building}${unit ?? ''}` : (address ?? otherwise);
  return `${what}：${where}`.slice(0, MOST_TITLE_LENGTH);
}
