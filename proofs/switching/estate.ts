import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@weinao/embedded';
import { LocalIssuer } from '@weinao/gateway';
import { GraphqlClient } from '../clients/graphql.client.ts';
import type { Servers } from '../community/community.ts';
import type { Course } from '../course/course.ts';
import { Program } from '../servers/program.ts';

/** Here the plugin is turned on and off. */
export const SWITCHED = 'willow-bank';
/** Here it stays on. */
export const STEADY = 'osmanthus-court';

const FOUND = `mutation ($id: ID!) {
  foundCommunity(input: { id: $id, name: "社区" }) { id }
  enablePlugin(communityId: $id, pluginId: "errands") { id }
}`;

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** Two gateways, the communities service, and two replicas of a plugin: of two communities. */
export class Estate {
  private constructor(
    readonly gateways: readonly string[],
    private readonly programs: readonly Program[],
    private readonly issuer: LocalIssuer,
  ) {}

  /** With the communities founded, and the plugin on in both. @throws Error when it does not come up */
  static async start<Invariant extends string>(course: Course<Invariant>, servers: Servers): Promise<Estate> {
    const directory = await course.directory();
    const issuer = await LocalIssuer.open(directory);
    const ports = [await freePort(), await freePort()];
    const common = {
      ...course.environment,
      DATABASE_URL: servers.cluster.url,
      NATS_URL: servers.broker.url,
      WEINAO_DATA: directory,
      HOST: '127.0.0.1',
    };
    const program = (name: string, file: string, environment: Record<string, string> = {}): Program =>
      course.use(new Program({ name, file, environment: { ...common, ...environment } }), (one) =>
        one.kill(),
      );
    const programs = [
      ...ports.map((port) => program(`gateway ${port}`, 'apps/gateway/main.ts', { PORT: String(port) })),
      program('communities', 'apps/services/communities/main.ts'),
      ...[1, 2].map((number) => program(`errands ${number}`, 'proofs/errands/main.ts')),
    ];
    for (const one of programs) one.start();
    const gateways = ports.map((port) => `http://127.0.0.1:${port}`);
    const estate = new Estate(gateways, programs, issuer);
    for (const id of [SWITCHED, STEADY]) await estate.found(id);
    return estate;
  }

  resident(name: string, communityId: string, gateway: string): Promise<GraphqlClient> {
    return GraphqlClient.of(this.issuer, gateway, name, 'resident', communityId);
  }

  operator(gateway = this.gateways[0]!): Promise<GraphqlClient> {
    return GraphqlClient.of(this.issuer, gateway, 'operator', 'operator', null);
  }

  private async found(id: string): Promise<void> {
    const operator = await this.operator();
    await this.until(() => wentWell(operator, FOUND, { id }, `found-${id}`));
    for (const gateway of this.gateways) {
      const resident = await this.resident('first', id, gateway);
      await this.until(() => wentWell(resident, '{ errandsRun }'));
    }
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!(await holds().catch(() => false))) {
      if (performance.now() > deadline) {
        const words = this.programs.map(({ name, lastWords }) => `${name}:\n${lastWords}`);
        throw new Error(`The estate does not answer.\n${words.join('\n')}`);
      }
      await pause(PAUSE_MS);
    }
  }
}

const wentWell = async (
  client: GraphqlClient,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  key?: string,
): Promise<boolean> => (await client.ask(query, variables, key)).codes.length === 0;
