import { setTimeout as pause } from 'node:timers/promises';
import type { SwitchingInvariant } from './switching.invariants.ts';
import { STEADY, SWITCHED } from './estate.ts';
import type { Estate } from './estate.ts';
import type { Answer, GraphqlClient } from '../clients/graphql.client.ts';
import type { Findings } from '../course/findings.ts';
import type { Random } from '../course/random.ts';

interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const OPEN: Question = {
  query: 'mutation ($title: String!) { openErrand(title: $title) { id title } }',
  variables: { title: '帮忙取快递' },
};
const RUN: Question = { query: '{ errandsRun }' };
const COMMUNITY: Question = { query: '{ community { name plugins { plugin { id } } } }' };
const ME: Question = { query: '{ me { id roles permissions } }' };
const BOTH: Question = { query: '{ me { id } errandsRun }' };

/** What a request to a plugin that is being turned off may be told. */
const NOT_THERE = ['GRAPHQL_VALIDATION_FAILED', 'PLUGIN_NOT_ENABLED'];

const LONGEST_REST_MS = 20;

/** Residents of both communities at both gateways, who ask and ask until they are stopped. */
export class Residents {
  /** Requests that touch what is not switched. */
  elsewhere = 0;
  failed = 0;
  private stopped = false;
  private readonly working: Promise<void>[] = [];

  constructor(
    private readonly estate: Estate,
    private readonly findings: Findings<SwitchingInvariant>,
    private readonly random: Random,
  ) {}

  /** A third asks the plugin where it is switched; the others ask for something else there, or live next door. */
  async start(count: number): Promise<void> {
    for (let number = 0; number < count; number++) {
      const gateway = this.estate.gateways[number % this.estate.gateways.length]!;
      const random = this.random.fork(number);
      const kind = Math.floor(number / this.estate.gateways.length) % 3;
      const resident = await this.estate.resident(`r${number}`, kind === 0 ? STEADY : SWITCHED, gateway);
      if (kind === 0) this.working.push(this.askElsewhere(resident, [RUN, OPEN, BOTH, COMMUNITY], random));
      if (kind === 1) this.working.push(this.askElsewhere(resident, [COMMUNITY, ME], random));
      if (kind === 2) this.working.push(this.askThePlugin(resident, [RUN, OPEN, BOTH], random));
    }
  }

  /** Lets what is under way come to its answer. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async askElsewhere(
    resident: GraphqlClient,
    questions: readonly Question[],
    random: Random,
  ): Promise<void> {
    while (!this.stopped) {
      const question = random.pick(questions);
      const wrong = await wrongWith(ask(resident, question), []);
      this.elsewhere += 1;
      if (wrong) this.failed += 1;
      this.findings.check('elsewhere', wrong && `${question.query}: ${wrong}`);
      await pause(random.between(0, LONGEST_REST_MS));
    }
  }

  private async askThePlugin(
    resident: GraphqlClient,
    questions: readonly Question[],
    random: Random,
  ): Promise<void> {
    while (!this.stopped) {
      const question = random.pick(questions);
      const wrong = await wrongWith(ask(resident, question), NOT_THERE);
      this.findings.check('ended', wrong && `${question.query}: ${wrong}`);
      await pause(random.between(0, LONGEST_REST_MS));
    }
  }
}

const ask = (resident: GraphqlClient, { query, variables = {} }: Question): Promise<Answer> =>
  resident.ask(query, variables);

/** @returns how it failed; undefined for an answer that is well, or has one of the codes */
async function wrongWith(answer: Promise<Answer>, allowed: readonly string[]): Promise<string | undefined> {
  try {
    const { status, codes } = await answer;
    const foreign = codes.filter((code) => !allowed.includes(code));
    return foreign.length > 0 ? `${status} ${foreign.join(', ')}` : undefined;
  } catch (error) {
    return String(error);
  }
}
