import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, GraphqlClient } from './graphql.client.ts';
import type { Random } from '../course/random.ts';

const OPEN = `mutation ($title: String!) { openErrand(title: $title) { id title notes lastNote } }`;
const NOTE = `mutation ($id: ID!, $text: String!, $parts: Int!) {
  noteErrand(id: $id, text: $text, parts: $parts) { id title notes lastNote }
}`;

/** A request with a key of its own. The key is also the text of its events, by which they are found in the log. */
export interface ErrandRequest {
  readonly key: string;
  readonly kind: 'open' | 'note';
  /** Of the errand that it notes something on. */
  readonly target?: string;
  readonly parts: number;
  /** Undefined for as long as it was not answered. */
  answer?: Readonly<Record<string, unknown>>;
}

export interface LoadListener {
  /** A request came again, and was answered otherwise. */
  otherwise(key: string, first: unknown, again: unknown): void;
  repeated(): void;
  refused(key: string, answer: Answer): void;
}

/** What a client that repeats its request with its key comes through with in the end. */
export const PASSING_CODES = ['PLUGIN_UNAVAILABLE', 'READ_MODEL_BEHIND', 'CONFLICT'];

const NOTED_AMONG = 30;
const LONGEST_REST_MS = 60;
/** A client that waits for less than the gateway does sends its request again while the first one is under way. */
const PATIENCE_MS = [700, 1_500, 3_000, 6_000];
/** After this time of calm nobody insists any more. */
const LONGEST_CALM_MS = 5_000;

/** Clients that open errands and note something on each other's, and repeat what was not answered, with its key. */
export class ErrandLoad {
  readonly requests = new Map<string, ErrandRequest>();
  /** How often a request did not come through. */
  failures = 0;
  private readonly known: string[] = [];
  private readonly answered: ErrandRequest[] = [];
  private stoppedAt = Infinity;
  private clients: Promise<void>[] = [];
  private turn = 0;

  constructor(
    private readonly client: GraphqlClient,
    private readonly random: Random,
    private readonly listener: LoadListener,
  ) {}

  get answers(): number {
    return this.answered.length;
  }

  start(clients: number): void {
    this.stoppedAt = Infinity;
    this.clients = Array.from({ length: clients }, (_, number) => this.work(this.random.fork(number)));
  }

  /** Lets what is under way come to its answer. */
  async stop(): Promise<void> {
    this.stoppedAt = performance.now();
    await Promise.all(this.clients);
  }

  private async work(random: Random): Promise<void> {
    while (this.stoppedAt === Infinity) {
      if (this.answered.length > 0 && random.chance(0.1))
        await this.repeat(random.pick(this.answered), random);
      else await this.send(this.newRequest(random), random);
    }
  }

  private newRequest(random: Random): ErrandRequest {
    const key = `errand-${++this.turn}`;
    const opens = this.known.length === 0 || random.chance(0.3);
    const request: ErrandRequest = opens
      ? { key, kind: 'open', parts: 1 }
      : {
          key,
          kind: 'note',
          target: random.pick(this.known.slice(-NOTED_AMONG)),
          parts: random.pick([1, 1, 2, 3]),
        };
    this.requests.set(key, request);
    return request;
  }

  /** Now and then a client loses patience, and nobody learns whether its request was done. */
  private async send(request: ErrandRequest, random: Random): Promise<void> {
    while (!(await this.attempt(request, random))) {
      if (random.chance(0.15) || performance.now() > this.stoppedAt + LONGEST_CALM_MS) return;
      await pause(random.between(0, LONGEST_REST_MS));
    }
  }

  private async attempt(request: ErrandRequest, random: Random): Promise<boolean> {
    const result = await this.ask(request, random);
    if (result === undefined) return false;
    request.answer = result;
    this.answered.push(request);
    if (request.kind === 'open') this.known.push(result.id as string);
    return true;
  }

  private async repeat(request: ErrandRequest, random: Random): Promise<void> {
    const again = await this.ask(request, random);
    if (again === undefined) return;
    this.listener.repeated();
    if (JSON.stringify(again) !== JSON.stringify(request.answer))
      this.listener.otherwise(request.key, request.answer, again);
  }

  private async ask(
    { key, kind, target, parts }: ErrandRequest,
    random: Random,
  ): Promise<ErrandRequest['answer']> {
    try {
      const [query, variables] =
        kind === 'open' ? [OPEN, { title: key }] : [NOTE, { id: target, text: key, parts }];
      const answer = await this.client.ask(query, variables, key, random.pick(PATIENCE_MS));
      if (answer.codes.length === 0)
        return (answer.data?.openErrand ?? answer.data?.noteErrand) as ErrandRequest['answer'];
      this.listener.refused(key, answer);
    } catch {
      // no answer at all: its outcome is not known
    }
    this.failures += 1;
    return undefined;
  }
}
