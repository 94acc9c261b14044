import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answerToSpoiled, BAD_REQUESTS } from './bad-requests.ts';
import { goodCourse } from './good-course.ts';
import { playParking } from './parking.ts';
import { poisonInvariants } from './poison.invariants.ts';
import type { PoisonInvariant } from './poison.invariants.ts';
import type { GraphqlClient, Reply } from '../clients/graphql.client.ts';
import { Community, startServers } from '../community/community.ts';
import type { Course } from '../course/course.ts';
import { defineProof } from '../course/proof.ts';
import type { Random } from '../course/random.ts';
import { WAYS_TO_SPOIL } from '../errands/spoiled.events.ts';

const POISONERS = 4;
const LONGEST_REST_MS = 20;
const SPOIL = 'mutation ($id: ID!, $how: String!) { spoilErrand(id: $id, how: $how) { id } }';

export const poisonProof = defineProof<PoisonInvariant>({
  name: 'poison',
  about: 'bad events and bad requests among good ones, held against the same load without them',
  invariants: poisonInvariants,

  async run(course) {
    const { findings } = course;
    const died = (words: string): void => findings.broken('survival', words);
    const community = await Community.start(course, await startServers(course), died);
    const pool = course.use(new pg.Pool({ connectionString: community.cluster.url, max: 2 }), (one) =>
      one.end(),
    );
    const client = await community.resident('lin');
    course.say('gateway, two replicas of two services, NATS and PostgreSQL are up');
    for (const round of course.rounds()) {
      const random = course.random.fork(round);
      const alone = await goodCourse(findings, client, pool, random.fork('good'), `alone-${round}`);
      const poisoning = new Poisoning(course, client, random.fork('bad'));
      const beside = await goodCourse(findings, client, pool, random.fork('good'), `beside-${round}`);
      await poisoning.stop();
      for (const [name, row] of alone) {
        const other = beside.get(name);
        findings.check(
          'same',
          other !== row && `${name} is ${row} without them, and ${other ?? 'missing'} with them`,
        );
      }
      findings.check('same', await tracesOfPoison(pool));
      const { url } = community.cluster;
      const parking = await playParking(course, pool, url, `parking-${round}`, random.fork('parking'));
      findings.checked('survival', community.programs.length);
      course.say(`round ${round}: ${alone.size} errands, ${poisoning.sent} bad requests; ${parking}`);
    }
  },
});

/** Sends what is bad, in every way, until it is told to stop. */
class Poisoning {
  sent = 0;
  private stopping = false;
  private readonly clients: Promise<void>[];

  constructor(
    private readonly course: Course<PoisonInvariant>,
    private readonly client: GraphqlClient,
    random: Random,
  ) {
    this.clients = Array.from({ length: POISONERS }, (_, number) => this.work(random.fork(number)));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.clients);
  }

  private async work(random: Random): Promise<void> {
    while (!this.stopping) {
      if (random.chance(0.3)) await this.request(random);
      else await this.spoil(random);
      this.sent += 1;
      await pause(random.between(0, LONGEST_REST_MS));
    }
  }

  private async request(random: Random): Promise<void> {
    const { about, body, headers, expected } = random.pick(BAD_REQUESTS);
    this.judge(about, await this.client.send(body, headers), expected);
  }

  private async spoil(random: Random): Promise<void> {
    const how = random.pick(WAYS_TO_SPOIL);
    const body = JSON.stringify({ query: SPOIL, variables: { id: `spoiled-${random.integer(1e9)}`, how } });
    this.judge(`an event that is spoiled (${how})`, await this.client.send(body), answerToSpoiled(how));
  }

  private judge(about: string, answer: Reply, expected: Reply): void {
    const same = answer.status === expected.status && answer.code === expected.code;
    const told = `${about} is answered ${answer.status} ${answer.code}, not ${expected.status} ${expected.code}`;
    this.course.findings.check('own', !same && told);
  }
}

async function tracesOfPoison(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ stream: string; position: string }>(
    `select stream, position from errands.events where stream like '%spoiled%' limit 1`,
  );
  return rows[0] && `${rows[0].stream} has an event at ${rows[0].position}`;
}
