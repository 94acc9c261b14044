import type { Role } from '@weinao/plugins';
import { FeedListener } from '@weinao/testing';
import { GatewayFixture } from './gateway.fixture.ts';
import { incidents } from './incidents.ts';
import { MadeUpLog } from './made-up.log.ts';
import type { MadeUpSubgraph } from './made-up.subgraph.ts';
import { communities, residents } from './neighbourhood.ts';
import type { RunningGateway } from '../index.ts';

export interface Asking {
  readonly role?: Role;
  readonly subject?: string;
  readonly community?: string;
  readonly variables?: object;
  readonly operationName?: string;
  readonly lifetime?: string;
  readonly lastEventId?: string;
  /** Another one than the fixture's own. */
  readonly gateway?: RunningGateway;
}

export const ALL = 'subscription { incidentChanged { id title } }';

export const changed = (id: string): object => ({ data: { incidentChanged: { id, title: '烟' } } });

/** Where nobody is without a name: a resident who cannot be told takes the incident along. */
const named = {
  ...residents,
  sdl: { community: residents.sdl.community!.replace('name: String', 'name: String!') },
};

/** Two communities with incidents, in the first with residents too, and those who listen there. */
export class LiveFixture {
  platform: GatewayFixture;
  service: MadeUpSubgraph;
  neighbour: MadeUpSubgraph;
  private log: MadeUpLog;
  private readonly listeners: FeedListener[] = [];

  /** @param more than usual of the gateway's options */
  async start(more: ConstructorParameters<typeof GatewayFixture>[1] = {}): Promise<void> {
    this.platform = new GatewayFixture({ heartbeatMs: 20, presenceMs: 20 }, more);
    const started = await this.platform.startWith(communities, incidents, named);
    [this.service, this.neighbour] = [started[1]!, started[2]!];
    this.log = new MadeUpLog(this.platform.bus, 'incidents');
    this.platform.feed.found('osmanthus-court', ['incidents', 'residents']);
    this.platform.feed.found('willow-bank', ['incidents']);
  }

  async stop(): Promise<void> {
    for (const listener of this.listeners.splice(0)) listener.close();
    await this.platform.stop();
  }

  readonly happen = (place: string, type = 'IncidentRaised', community = 'osmanthus-court'): void =>
    this.log.write({ type, data: { ordinal: 1 }, stream: `place/${community}/${place}` }, { community });

  token({ role = 'worker', subject = 'wang', community, lifetime = '1h' }: Asking = {}): Promise<string> {
    const communityId = community ?? 'osmanthus-court';
    return this.platform.issuer.issue({ subject, roles: [role], communityId, lifetime });
  }

  url({ community = 'osmanthus-court', gateway = this.platform.gateway }: Asking = {}): string {
    return `${gateway.url}/communities/${community}/graphql`;
  }

  readonly subscribe = async (query: string, asking: Asking = {}): Promise<FeedListener> => {
    const { variables, operationName, lastEventId } = asking;
    const listener = await FeedListener.connect(this.url(asking), {
      token: await this.token(asking),
      body: { query, variables, operationName },
      lastEventId,
    });
    this.listeners.push(listener);
    return listener;
  };
}
