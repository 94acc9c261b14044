import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBus } from '@weinao/events';
import { PLATFORM } from '@weinao/plugins';
import type { Role } from '@weinao/plugins';
import type { LookedInto } from '@weinao/testing';
import { DirectoryFeed } from './directory.feed.ts';
import { MadeUpSubgraph } from './made-up.subgraph.ts';
import type { SubgraphDescription } from './made-up.subgraph.ts';
import { LocalIssuer, startGateway } from '../index.ts';
import type { FeedTimes, GatewayOptions, RunningGateway } from '../index.ts';

export interface Answer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  readonly json: LookedInto;
}

/** A gateway on the in-process bus, and made-up services behind it. */
export class GatewayFixture {
  readonly bus = new InProcessBus(() => undefined);
  readonly reports: string[] = [];
  /** What the operator is shown beside the reports. */
  readonly causes: unknown[] = [];
  issuer: LocalIssuer;
  gateway: RunningGateway;
  feed: DirectoryFeed;
  directory: string;

  constructor(
    private readonly feedTimes?: FeedTimes,
    private readonly more: Partial<GatewayOptions> = {},
  ) {}

  /** Without a communities service, nothing is known yet. */
  async start(): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'weinao-gateway-'));
    this.issuer = await LocalIssuer.open(this.directory);
    this.gateway = await this.another();
  }

  /** A further gateway on the same bus; whoever starts it stops it. */
  another(): Promise<RunningGateway> {
    return startGateway({
      bus: this.bus,
      issuer: this.issuer,
      feedTimes: this.feedTimes,
      port: 0,
      host: '127.0.0.1',
      report: (message, cause) => {
        this.reports.push(message);
        this.causes.push(cause);
      },
      ...this.more,
    });
  }

  async startWith(...descriptions: readonly SubgraphDescription[]): Promise<MadeUpSubgraph[]> {
    this.feed = new DirectoryFeed(this.bus);
    const subgraphs = descriptions.map((description) => this.announce(description));
    await this.start();
    await this.ready(this.gateway);
    return subgraphs;
  }

  async ready(gateway: RunningGateway): Promise<void> {
    while (!(await gateway.isReady())) await new Promise(setImmediate);
  }

  announce(description: SubgraphDescription): MadeUpSubgraph {
    const subgraph = new MadeUpSubgraph(this.bus, description);
    this.feed.append(PLATFORM, { type: 'PluginAnnounced', data: subgraph.announcement });
    return subgraph;
  }

  async stop(): Promise<void> {
    await this.gateway?.stop();
    await this.bus.close();
    if (this.directory) await rm(this.directory, { recursive: true, force: true });
  }

  token(role: Role, communityId: string | null): Promise<string> {
    return this.issuer.issue({ subject: 'wang', roles: [role], communityId, lifetime: '1h' });
  }

  /** As worker Wang of the community. */
  async ask(communityId: string, query: string, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.post(`/communities/${communityId}/graphql`, JSON.stringify({ query, ...more }), {
      authorization: `Bearer ${await this.token('worker', communityId)}`,
    });
  }

  post(path: string, body: string | undefined, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  async send(path: string, request: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.gateway.url}${path}`, request);
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    const json: unknown = contentType?.includes('json') ? JSON.parse(text) : undefined;
    return { status: response.status, contentType, text, json };
  }
}
