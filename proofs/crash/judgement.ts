import type { CrashInvariant } from './crash.invariants.ts';
import type { Findings } from '../course/findings.ts';
import { errandOf, isReceipt } from '../errands/receipts.ts';
import type { StoredEvent, StoredLog } from '../servers/stored-log.ts';

export function judgeOrder(
  findings: Findings<CrashInvariant>,
  plugin: string,
  { events, head }: StoredLog,
): void {
  events.forEach(({ position }, index) => {
    const before = events[index - 1]?.position ?? 0n;
    findings.check(
      'gapless',
      position !== before + 1n && `${plugin}: position ${position} follows on ${before}`,
    );
  });
  const last = events.at(-1)?.position ?? 0n;
  findings.check(
    'gapless',
    head !== last && `${plugin}: the head stands at ${head}, the last event at ${last}`,
  );
}

export function judgeConsumer(
  findings: Findings<CrashInvariant>,
  { events }: StoredLog,
  seen: readonly string[],
): void {
  findings.checked('consumers', seen.length);
  const wrong = events.findIndex(({ id }, index) => seen[index] !== id);
  if (wrong < 0 && seen.length === events.length) return;
  const place = wrong < 0 ? events.length : wrong;
  const there = events[place] ? `${events[place].id} at ${events[place].position}` : 'nothing';
  findings.broken(
    'consumers',
    `the ${place + 1}. event was ${seen[place] ?? 'none'}, and the log has ${there}`,
  );
}

/** A receipt by the reaction for each event of an errand, one by the timer for each errand, and no others. */
export function judgeReceipts(findings: Findings<CrashInvariant>, { events }: StoredLog): void {
  const ofErrands = events.filter((event) => !isReceipt(event));
  const receipts = events.filter(isReceipt);
  const opened = ofErrands.filter(({ type }) => type === 'ErrandOpened');
  judgeEach(
    findings,
    'reactions',
    ofErrands.map(({ id }) => id),
    receipts.filter(({ data }) => data.by === 'reaction'),
  );
  judgeEach(
    findings,
    'timers',
    opened.map(({ stream }) => errandOf(stream)),
    receipts.filter(({ data }) => data.by === 'timer'),
  );
}

function judgeEach(
  findings: Findings<CrashInvariant>,
  invariant: 'reactions' | 'timers',
  due: readonly string[],
  receipts: readonly StoredEvent[],
): void {
  const byCause = Map.groupBy(receipts, ({ data }) => data.of as string);
  for (const cause of due) {
    const done = byCause.get(cause) ?? [];
    byCause.delete(cause);
    const places = done.map(({ position }) => position).join(', ');
    findings.check(
      invariant,
      done.length !== 1 && `what ${cause} leads to was done ${done.length} times: [${places}]`,
    );
  }
  for (const [cause, [first]] of byCause)
    findings.broken(invariant, `${cause} at ${first!.position} is of nothing in the log`);
}

/** How many receipts are still to be written: one for each event of an errand, and one more for each errand. */
export const receiptsMissing = ({ events }: StoredLog): number => {
  const written = events.filter(isReceipt).length;
  const opened = events.filter(({ type }) => type === 'ErrandOpened').length;
  return events.length - written + opened - written;
};
