import { linkAfter, NO_LINK } from './chain.digest.ts';
import type { StoredEvent } from './chain.digest.ts';
import type { ChainPoint, Tampering } from './chain.findings.ts';
import { explainBreaks } from './chain.swaps.ts';
import type { Break } from './chain.swaps.ts';

/** So many events that were dropped or inserted in one place, with those after them renumbered, are recognized. */
const MOST_RENUMBERED = 1_000n;
/** After so many events in a row that do not fit, the walk begins anew behind them. */
const MOST_UNSETTLED = 100;
/** A walk that finds more than this is not worth going on with. */
const MOST_FINDINGS = 200;

export interface Head {
  readonly position: bigint;
  readonly link: Buffer;
  /** Link of the event at that position, where there is one. */
  readonly linkThere: Buffer | undefined;
}

/**
 * Takes the events of a log in order and finds where the chain does not hold. A link is trusted where the event after it
 * follows on it, so that one that was tampered with does not make all after it look so.
 */
export class ChainWalk {
  /** Of the last event taken. */
  position = 0n;
  private readonly findings: Tampering[] = [];
  private readonly breaks: Break[] = [];
  /** Of the last event that fits, or of which it is settled why it does not. */
  private link: Buffer = NO_LINK;
  private unsettled: StoredEvent[] = [];
  /** Adds up to the position at which an event was appended, after others were dropped or inserted and it renumbered. */
  private shift = 0n;

  constructor(private readonly expected?: ChainPoint) {}

  get hasFoundEnough(): boolean {
    return this.findings.length + this.breaks.length >= MOST_FINDINGS;
  }

  take(event: StoredEvent): void {
    const next = this.position + 1n;
    if (event.position < next) {
      this.findings.push({ kind: 'inserted', position: event.position, events: 1n });
      return;
    }
    this.position = event.position;
    if (event.position > next) {
      this.breakUnsettled();
      this.findings.push({ kind: 'missing', position: next, events: event.position - next });
      this.accept(event);
    } else if (this.unsettled.length > 0) this.resume(event);
    else if (this.follows(event, this.link)) this.accept(event);
    else this.unsettled.push(event);
    this.compareWithExpected(event);
  }

  /** What was found up to here, in the order of the positions. */
  found(): Tampering[] {
    return inOrder([...this.findings, ...explainBreaks(this.breaks)]);
  }

  /** @returns what was found in the whole log. */
  finish(head: Head): Tampering[] {
    const isHeadBeforeUnsettled = this.unsettled.length > 0 && head.link.equals(this.link);
    if (isHeadBeforeUnsettled) this.insertedUnsettled();
    else if (this.unsettled.length > 0) this.settleTail(head);
    const findings = this.found();
    if (!isHeadBeforeUnsettled) this.compareWithHead(head, findings);
    const appended = this.position + this.shift;
    if (this.expected && this.expected.position > appended) {
      const events = this.expected.position - appended;
      findings.push({ kind: 'missing', position: this.position + 1n, events });
    }
    return inOrder(findings);
  }

  private follows(event: StoredEvent, link: Buffer, shift = this.shift): boolean {
    return linkAfter(link, event, event.position + shift).equals(event.link);
  }

  private accept(event: StoredEvent): void {
    this.unsettled = [];
    this.link = event.link;
  }

  /** Something before this event does not fit. What happened, that this one fits again? */
  private resume(event: StoredEvent): void {
    const before = this.unsettled.at(-1)!;
    if (this.follows(event, before.link)) this.breakUnsettled();
    else if (this.isAlteredLink(before, (link) => this.follows(event, link))) this.breakUnsettled();
    else if (this.isPushedBack(event) && !this.isSwappedWithFirst(event)) this.insertedUnsettled();
    else if (!this.renumberedFrom(before, (shift) => this.follows(event, before.link, shift))) {
      if (this.unsettled.length < MOST_UNSETTLED) return void this.unsettled.push(event);
      this.breakUnsettled();
    }
    this.accept(event);
  }

  /** Nothing follows on the last events but the head. */
  private settleTail({ position, link }: Head): void {
    const last = this.unsettled.at(-1)!;
    const isAppendedThere = (shift: bigint): boolean =>
      position === last.position + shift && link.equals(last.link);
    const lastLink = this.isAlteredLink(last, (computed) => computed.equals(link)) ? link : last.link;
    if (isAppendedThere(this.shift) || !this.renumberedFrom(last, isAppendedThere)) this.breakUnsettled();
    this.link = lastLink;
  }

  /** Everything of the event is what it was but its link. */
  private isAlteredLink(event: StoredEvent, fits: (computed: Buffer) => boolean): boolean {
    return this.unsettled.length === 1 && fits(linkAfter(this.link, event, event.position + this.shift));
  }

  /** It follows on what fitted last, as if nothing stood between them. */
  private isPushedBack(event: StoredEvent): boolean {
    return this.follows(event, this.link, this.shift - BigInt(this.unsettled.length));
  }

  private isSwappedWithFirst(event: StoredEvent): boolean {
    const [first, ...between] = this.unsettled;
    const link = linkAfter(between.at(-1)?.link ?? event.link, first!, event.position + this.shift);
    return link.equals(first!.link);
  }

  private insertedUnsettled(): void {
    const events = BigInt(this.unsettled.length);
    this.findings.push({ kind: 'inserted', position: this.unsettled[0]!.position, events });
    this.shift -= events;
  }

  /** Looks for the number of events that were dropped or inserted before this one, with it and those after renumbered. */
  private renumberedFrom(event: StoredEvent, fits: (shift: bigint) => boolean): boolean {
    for (let events = 1n; events <= MOST_RENUMBERED; events++) {
      const dropped = fits(this.shift + events);
      if (!dropped && !fits(this.shift - events)) continue;
      this.unsettled.pop();
      this.breakUnsettled();
      this.shift += dropped ? events : -events;
      this.findings.push(
        dropped
          ? { kind: 'missing', position: event.position, events }
          : { kind: 'inserted', position: event.position - events, events },
      );
      return true;
    }
    return false;
  }

  private breakUnsettled(): void {
    let linkBefore = this.link;
    for (const event of this.unsettled) {
      this.breaks.push({ event, place: event.position + this.shift, linkBefore });
      linkBefore = event.link;
    }
    this.unsettled = [];
  }

  private compareWithHead({ position: named, link, linkThere }: Head, findings: Tampering[]): void {
    const { position } = this;
    if (named < position && named !== position + this.shift && linkThere?.equals(link)) {
      const before = findings.filter((finding) => finding.position <= named);
      findings.splice(0, findings.length, ...before, {
        kind: 'inserted',
        position: named + 1n,
        events: position - named,
      });
    } else if ((named !== position && named !== position + this.shift) || !this.isLast(link, findings)) {
      findings.push({ kind: 'head', position, named });
    }
  }

  /** The last event's own link, or that of the one that it was swapped with. */
  private isLast(link: Buffer, findings: readonly Tampering[]): boolean {
    const swap = findings.find((finding) => finding.kind === 'swapped' && finding.with === this.position);
    const other = this.breaks.find(({ event }) => event.position === swap?.position)?.event;
    return link.equals(this.link) || link.equals(other?.link ?? this.link);
  }

  private compareWithExpected({ position, link }: StoredEvent): void {
    if (position + this.shift !== this.expected?.position) return;
    if (link.toString('hex') !== this.expected.link) this.findings.push({ kind: 'recomputed', position });
  }
}

const inOrder = (findings: Tampering[]): Tampering[] =>
  findings.sort((one, other) => Number(one.position - other.position));
