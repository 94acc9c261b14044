/** One line of a process of this proof. Standard output is written synchronously, so a killed process loses no line. */
export function say(...entry: readonly unknown[]): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}

/** One call of `append`. A command is tried until it is done; each try has a number, which its events carry. */
export interface Try {
  readonly commandId: string;
  readonly tries: number;
  readonly stream: string;
  readonly expectedRevision: number;
  readonly count: number;
  answer: Answer;
}

export type Answer =
  | { readonly kind: 'stored'; readonly positions: readonly number[] }
  /** It had been done before. */
  | { readonly kind: 'known'; readonly stream: string; readonly revision: number }
  /** A conflict, or rolled back: not stored. */
  | { readonly kind: 'refused' }
  /** Cut off: stored or not. */
  | { readonly kind: 'unknown' };

type Line =
  | ['ready']
  | ['sent', commandId: string, tries: number, stream: string, expectedRevision: number, count: number]
  | ['stored', commandId: string, tries: number, positions: number[]]
  | ['known', commandId: string, tries: number, stream: string, revision: number]
  | ['refused', commandId: string, tries: number]
  | ['read', reader: string, events: Seen[]]
  | ['fault', message: string];

export type Seen = readonly [position: number, id: string];

export const tryKey = (commandId: string, tries: number): string => `${commandId} ${tries}`;

/** What the writers and readers of a round have told. */
export class Journal {
  readonly tries = new Map<string, Try>();
  readonly read = new Map<string, Seen[]>();
  readonly faults: string[] = [];

  take(text: string): void {
    const line = JSON.parse(text) as Line;
    switch (line[0]) {
      case 'sent': {
        const [, commandId, tries, stream, expectedRevision, count] = line;
        const answer: Answer = { kind: 'unknown' };
        this.tries.set(tryKey(commandId, tries), {
          commandId,
          tries,
          stream,
          expectedRevision,
          count,
          answer,
        });
        break;
      }
      case 'stored':
        this.answer(line[1], line[2], { kind: 'stored', positions: line[3] });
        break;
      case 'known':
        this.answer(line[1], line[2], { kind: 'known', stream: line[3], revision: line[4] });
        break;
      case 'refused':
        this.answer(line[1], line[2], { kind: 'refused' });
        break;
      case 'read':
        this.readBy(line[1]).push(...line[2]);
        break;
      case 'fault':
        this.faults.push(line[1]);
        break;
    }
  }

  readersReached(head: bigint): boolean {
    const reached = (events: readonly Seen[]): boolean => events.at(-1)![0] >= Number(head);
    return this.read.size === 2 && [...this.read.values()].every(reached);
  }

  get summary(): string {
    const kinds = Map.groupBy(this.tries.values(), ({ answer }) => answer.kind);
    const counts = [...kinds].map(([kind, tries]) => `${tries.length} ${kind}`);
    return `${this.tries.size} appends (${counts.sort().join(', ')})`;
  }

  private answer(commandId: string, tries: number, answer: Answer): void {
    this.tries.get(tryKey(commandId, tries))!.answer = answer;
  }

  private readBy(reader: string): Seen[] {
    const events = this.read.get(reader) ?? [];
    this.read.set(reader, events);
    return events;
  }
}
