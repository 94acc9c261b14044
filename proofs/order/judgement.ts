import { tryKey } from './journal.ts';
import type { Journal, Try } from './journal.ts';
import type { OrderInvariant } from './order.invariants.ts';
import type { Findings } from '../course/findings.ts';
import type { StoredEvent, StoredLog } from '../servers/stored-log.ts';

type Events = readonly StoredEvent[];

const NONE: Events = [];

/** Holds what the writers and readers were told against what the table has. */
export function judge(findings: Findings<OrderInvariant>, log: StoredLog, journal: Journal): void {
  const byTry = Map.groupBy(log.events, ({ commandId, data }) => tryKey(commandId, Number(data.tries)));
  for (const [key, asked] of journal.tries) judgeTry(findings, asked, byTry.get(key) ?? NONE);
  judgeCommands(
    findings,
    Map.groupBy(log.events, ({ commandId }) => commandId),
    journal,
  );
  judgeOrder(findings, log);
  judgeReaders(findings, log, journal);
}

function judgeTry(findings: Findings<OrderInvariant>, asked: Try, events: Events): void {
  const { answer, expectedRevision, stream } = asked;
  const told = `try ${asked.tries} of command ${asked.commandId}`;
  if (answer.kind === 'stored') {
    const positions = events.map(({ position }) => Number(position));
    const same = JSON.stringify(positions) === JSON.stringify(answer.positions);
    const places = `was answered ${list(answer.positions)} and stands at ${list(positions)}`;
    findings.check('acknowledged', !same && `${told} ${places}`);
  }
  if (answer.kind === 'refused') {
    findings.check('refused', events[0] && `${told} was refused, and stands at ${events[0].position}`);
  }
  const [first] = events;
  if (!first) return;
  findings.check(
    'whole',
    brokenUp(asked, events) && `of the ${asked.count} events of ${told} there are ${where(events)}`,
  );
  const follows = first.revision === expectedRevision + 1;
  const based = `was decided on revision ${expectedRevision} of ${stream}, and stands at ${first.revision}`;
  findings.check('conflicts', !follows && `${told} ${based}`);
}

function brokenUp({ count, stream }: Try, events: Events): boolean {
  const { position } = events[0]!;
  const together = events.every(
    (event, index) =>
      event.data.index === index && event.stream === stream && event.position === position + BigInt(index),
  );
  return !together || events.length !== count;
}

/** However often a command is tried, one of its tries is stored at most. */
function judgeCommands(
  findings: Findings<OrderInvariant>,
  byCommand: ReadonlyMap<string, Events>,
  journal: Journal,
): void {
  const tries = Map.groupBy(journal.tries.values(), ({ commandId }) => commandId);
  for (const [commandId, all] of tries) {
    const events = byCommand.get(commandId) ?? NONE;
    const stored = new Set(events.map(({ data }) => data.tries));
    findings.check(
      'once',
      stored.size > 1 && `command ${commandId} stands ${stored.size} times: ${where(events)}`,
    );
    const last = events.at(-1);
    for (const { answer } of all) {
      if (answer.kind !== 'known') continue;
      const there = last?.stream === answer.stream && last.revision === answer.revision;
      const place = `at revision ${answer.revision} of ${answer.stream}`;
      findings.check(
        'acknowledged',
        !there && `command ${commandId} was said to be done ${place}, and is not`,
      );
    }
  }
}

function judgeOrder(findings: Findings<OrderInvariant>, { events, head }: StoredLog): void {
  const revisions = new Map<string, number>();
  events.forEach(({ position, stream, revision }, index) => {
    const before = events[index - 1]?.position ?? 0n;
    findings.check('gapless', position !== before + 1n && `position ${position} follows on ${before}`);
    const next = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const wrong = `${stream} has revision ${revision} at ${position}, where ${next} is due`;
    findings.check('revisions', revision !== next && wrong);
  });
  const last = events.at(-1)?.position ?? 0n;
  findings.check('gapless', head !== last && `the head stands at ${head}, the last event at ${last}`);
}

function judgeReaders(findings: Findings<OrderInvariant>, { events }: StoredLog, journal: Journal): void {
  for (const fault of new Set(journal.faults)) findings.broken('readers', fault);
  for (const [reader, seen] of journal.read) {
    findings.checked('readers', seen.length);
    const wrong = events.findIndex(({ id }, index) => seen[index]?.[1] !== id);
    if (wrong < 0 && seen.length === events.length) continue;
    const place = wrong < 0 ? events.length : wrong;
    const saw = seen[place]?.join(' ') ?? 'nothing';
    const there = events[place] ? `${events[place].position} ${events[place].id}` : 'nothing';
    findings.broken('readers', `as its ${place + 1}. event, ${reader} saw ${saw} where the log has ${there}`);
  }
}

const list = (positions: readonly number[]): string => `[${positions.join(', ')}]`;

const where = (events: Events): string =>
  events.map(({ position, data }) => `${String(data.index)} at ${position}`).join(', ');
