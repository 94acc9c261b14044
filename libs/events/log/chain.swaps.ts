import { linkAfter } from './chain.digest.ts';
import type { StoredEvent } from './chain.digest.ts';
import type { Tampering } from './chain.findings.ts';

/** An event whose link does not follow on the one before it. */
export interface Break {
  readonly event: StoredEvent;
  /** Where it was appended, if nothing but itself was touched. */
  readonly place: bigint;
  readonly linkBefore: Buffer;
}

/** Two events that were swapped break the chain in two to four places; whatever no swap explains was altered. */
export function explainBreaks(breaks: readonly Break[]): Tampering[] {
  const findings: Tampering[] = [];
  const explained = new Set<Break>();
  for (const [index, one] of breaks.entries()) {
    if (explained.has(one)) continue;
    const rest = breaks.slice(index + 1).filter((other) => !explained.has(other));
    const other = rest.find((other) => contentsWereSwapped(one, other) || rowsWereSwapped(one, other));
    const { position } = one.event;
    if (!other) {
      findings.push({ kind: 'altered', position });
      continue;
    }
    findings.push({ kind: 'swapped', position, with: other.event.position });
    explained.add(other);
    for (const entry of rest) if (followsOnSwapped(entry, one, other)) explained.add(entry);
  }
  return findings;
}

const fits = (link: Buffer, before: Buffer, { event }: Break, place: bigint): boolean =>
  linkAfter(before, event, place).equals(link);

/** Each link stayed where it was. */
const contentsWereSwapped = (one: Break, other: Break): boolean =>
  fits(one.event.link, one.linkBefore, other, one.place) &&
  fits(other.event.link, other.linkBefore, one, other.place);

/** Each event took its link along, so that those after the two break as well. */
function rowsWereSwapped(one: Break, other: Break): boolean {
  const neighbours = other.place === one.place + 1n;
  return (
    fits(other.event.link, one.linkBefore, other, one.place) &&
    fits(one.event.link, neighbours ? other.event.link : other.linkBefore, one, other.place)
  );
}

const followsOnSwapped = (entry: Break, one: Break, other: Break): boolean =>
  (entry.place === one.place + 1n && fits(entry.event.link, other.event.link, entry, entry.place)) ||
  (entry.place === other.place + 1n && fits(entry.event.link, one.event.link, entry, entry.place));
