import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@weinao/embedded';
import { LocalIssuer } from '@weinao/gateway';
import { GraphqlClient } from '../clients/graphql.client.ts';
import type { Course } from '../course/course.ts';
import { Broker } from '../servers/broker.ts';
import { Cluster } from '../servers/cluster.ts';
import { Program } from '../servers/program.ts';

export const COMMUNITY = 'osmanthus-court';

const FOUND = `mutation ($id: ID!) {
  foundCommunity(input: { id: $id, name: "桂花苑" }) { id }
  enablePlugin(communityId: $id, pluginId: "errands") { id }
}`;

const RESTART_MS = 300;
const PATIENCE_MS = 30_000;
/** Less than the gateway takes to find that somebody is silent. */
const ANSWER_MS = 1_000;

/** Everything as an operator would run it: PostgreSQL, NATS, a gateway, and two replicas of each of two services. */
export class Community {
  private constructor(
    readonly cluster: Cluster,
    readonly broker: Broker,
    readonly gateway: Program,
    readonly communities: readonly Program[],
    readonly errands: readonly Program[],
    readonly url: string,
    private readonly issuer: LocalIssuer,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** With the community founded, and its plugin on. */
  static async start<Invariant extends string>(
    course: Course<Invariant>,
    servers: Servers,
    died: (words: string) => void,
  ): Promise<Community> {
    const directory = await course.directory();
    const port = await freePort();
    const environment = {
      ...course.environment,
      DATABASE_URL: servers.cluster.url,
      NATS_URL: servers.broker.url,
      WEINAO_DATA: directory,
      PORT: String(port),
      HOST: '127.0.0.1',
    };
    const program = (name: string, file: string): Program => {
      const started: Program = new Program({
        name,
        file,
        environment,
        onDeath: ({ spoke, words }) => {
          if (spoke) died(words);
          setTimeout(() => started.startAgain(), RESTART_MS); // what runs it would do so too
        },
      });
      return course.use(started, (one) => one.kill());
    };
    const replicas = (name: string, file: string): Program[] =>
      [1, 2].map((number) => program(`${name} ${number}`, file));
    const community = new Community(
      servers.cluster,
      servers.broker,
      program('gateway', 'apps/gateway/main.ts'),
      replicas('communities', 'apps/services/communities/main.ts'),
      replicas('errands', 'proofs/errands/main.ts'),
      `http://127.0.0.1:${port}`,
      await LocalIssuer.open(directory),
      environment,
    );
    for (const one of community.programs) one.start();
    await community.found();
    return community;
  }

  get programs(): Program[] {
    return [this.gateway, ...this.communities, ...this.errands];
  }

  resident(name: string): Promise<GraphqlClient> {
    return GraphqlClient.of(this.issuer, this.url, name, 'resident', COMMUNITY);
  }

  operator(): Promise<GraphqlClient> {
    return GraphqlClient.of(this.issuer, this.url, 'operator', 'operator', null);
  }

  /** @throws Error when a resident is not answered in time, with the last words of the processes */
  async untilAnswering(): Promise<void> {
    const resident = await this.resident('first');
    await this.until(
      async () => (await resident.ask('{ errandsRun }', {}, undefined, ANSWER_MS)).codes.length === 0,
    );
  }

  private async found(): Promise<void> {
    const operator = await this.operator();
    await this.until(async () => (await operator.ask(FOUND, { id: COMMUNITY }, 'found')).codes.length === 0);
    await this.untilAnswering();
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await holds().catch(() => false))) {
      if (performance.now() > deadline) {
        const words = this.programs.map(({ name, lastWords }) => `${name}:\n${lastWords}`);
        throw new Error(`The community does not answer.\n${words.join('\n')}`);
      }
      await pause(100);
    }
  }
}

export interface Servers {
  readonly cluster: Cluster;
  readonly broker: Broker;
}

export async function startServers<Invariant extends string>(course: Course<Invariant>): Promise<Servers> {
  const directory = await course.directory();
  const cluster = course.use(await Cluster.start(directory), (one) => one.stop());
  const broker = course.use(await Broker.start(await course.directory()), (one) => one.kill());
  return { cluster, broker };
}
