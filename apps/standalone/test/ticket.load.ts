import type { Answer, Person } from './person.ts';

const OPEN = `mutation ($title: String!) {
  openTicket(input: { kind: REPAIR, category: "水暖", title: $title }) { id title number }
}`;

const PAGE = `query ($after: String) {
  tickets(first: 100, after: $after) { totalCount nodes { id title number } pageInfo { hasNextPage endCursor } }
}`;

export interface TicketOfLoad {
  readonly id: string;
  readonly title: string;
  readonly number: number;
}

/** Clients that open tickets as fast as they are answered. Each ticket's title is the key of its request. */
export class TicketLoad {
  /** Every key that was sent, answered or not. */
  readonly sent = new Set<string>();
  readonly answered = new Map<string, TicketOfLoad>();
  readonly refusals: string[] = [];
  private stopping = false;
  private readonly clients: Promise<void>[];
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  /** @param insist sends a request again, with its key, until it is answered; else a client gives up at the first failure. */
  constructor(
    private readonly person: Person,
    private readonly name: string,
    private insist: boolean,
    clients = 8,
  ) {
    this.clients = Array.from({ length: clients }, (_, client) => this.work(client));
  }

  /** Resolves once so many were answered since the call. */
  more(count: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ count: this.answered.size + count, resolve }));
  }

  /** Resolves once what is under way is answered, or given up. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.clients);
  }

  /** For the end of a spec, whatever became of the server. */
  async abandon(): Promise<void> {
    this.insist = false;
    await this.stop();
  }

  private async work(client: number): Promise<void> {
    for (let turn = 0; !this.stopping; turn++) {
      if (!(await this.open(`${this.name}-${client}-${turn}`))) return;
    }
  }

  private async open(key: string): Promise<boolean> {
    this.sent.add(key);
    for (;;) {
      const answer = await openTicket(this.person, key).catch(() => undefined);
      if (answer?.data?.openTicket) {
        this.take(key, answer.data.openTicket as TicketOfLoad);
        return true;
      }
      this.refusals.push(answer ? answer.codes.join(' ') : 'no answer');
      if (!this.insist) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  private take(key: string, ticket: TicketOfLoad): void {
    this.answered.set(key, ticket);
    for (const { count, resolve } of this.waiting) if (this.answered.size >= count) resolve();
  }
}

export const openTicket = (person: Person, key: string): Promise<Answer> =>
  person.ask(OPEN, { title: key }, key);

/** Every ticket of the community. */
export async function allTickets(person: Person): Promise<TicketOfLoad[]> {
  const tickets: TicketOfLoad[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await person.ask(PAGE, { after });
    if (errors) throw new Error(JSON.stringify(errors));
    tickets.push(...(data.tickets.nodes as TicketOfLoad[]));
    if (!data.tickets.pageInfo.hasNextPage) return tickets;
    after = data.tickets.pageInfo.endCursor as string;
  }
}
