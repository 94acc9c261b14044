import { decodeCursor } from './page.type.ts';

/** Where a page begins in a list in the order of time: after this one. */
export interface InstantPlace {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly id: string;
}

/** `<instant> <id>` */
const CURSOR = /^[1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z [^\0]{1,200}$/;

export const instantCursor = ({ at, id }: InstantPlace): string => `${at} ${id}`;

/** @throws BadUserInput for a cursor that no list in the order of time hands out */
export function decodeInstantCursor(cursor: string): InstantPlace {
  return partsOf(decodeCursor(cursor, CURSOR, (text) => isInstant(partsOf(text).at)));
}

function partsOf(text: string): InstantPlace {
  const space = text.indexOf(' ');
  return { at: text.slice(0, space), id: text.slice(space + 1) };
}

/** The pattern alone would let the 45th of a month through to the database. */
function isInstant(text: string): boolean {
  const instant = new Date(text);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === text;
}
