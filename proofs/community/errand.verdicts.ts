import type { ErrandRequest } from '../clients/errand.load.ts';
import { isReceipt } from '../errands/receipts.ts';
import type { StoredEvent, StoredLog } from '../servers/stored-log.ts';

export interface Verdict {
  /** Whether somebody was told that it was done. */
  readonly answered: boolean;
  readonly wrong?: string;
}

/** Holds what the clients were answered against what the log has. */
export function verdicts(log: StoredLog, requests: ReadonlyMap<string, ErrandRequest>): Verdict[] {
  const events = log.events.filter((event) => !isReceipt(event));
  const byKey = Map.groupBy(events, keyOf);
  const found = [...requests.values()].map((request) => verdict(request, byKey.get(request.key) ?? []));
  const foreign = events.filter((event) => !requests.has(keyOf(event)));
  return [
    ...found,
    ...foreign.map((event) => ({
      answered: false,
      wrong: `${keyOf(event)} at ${event.position} was sent by nobody`,
    })),
  ];
}

const keyOf = ({ data }: StoredEvent): string => (data.title ?? data.text) as string;

function verdict(request: ErrandRequest, events: readonly StoredEvent[]): Verdict {
  const answered = request.answer !== undefined;
  const [first] = events;
  if (first) return { answered, wrong: wrongWith(request, first, events) };
  return { answered, wrong: answered ? `${request.key} was answered, and is not in the log` : undefined };
}

function wrongWith(
  { key, target, parts, answer }: ErrandRequest,
  { position: start, stream }: StoredEvent,
  events: readonly StoredEvent[],
): string | undefined {
  const together = events.every(
    (event, index) =>
      event.position === start + BigInt(index) && event.stream === stream && partOf(event) === index,
  );
  if (!together || events.length !== parts) {
    const places = events.map((event) => `${partOf(event)} at ${event.position}`).join(', ');
    return `of the ${parts} events of ${key} there are ${places}`;
  }
  const errand = target ?? (answer?.id as string | undefined);
  return errand === undefined || stream.endsWith(`/${errand}`) ? undefined : `${key} stands in ${stream}`;
}

const partOf = ({ data }: StoredEvent): number => Number(data.part ?? 0);
