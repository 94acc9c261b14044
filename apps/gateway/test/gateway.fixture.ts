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
import type { QueueLimits } from '../composition/subgraph.queue.ts';
import { LocalIssuer, startGateway } from '../index.ts';
import type { FeedTimes, RunningGateway } from '../index.ts';

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
  issuer: LocalIssuer;
  gateway: RunningGateway;
  feed: DirectoryFeed;
  directory: string;

  constructor(
    private readonly feedTimes?: FeedTimes,
    private readonly queueLimits?: QueueLimits,
  ) {}

  /** Without a communities service, nothing is known yet. */
  async start(): Promise<void> {
    this.directory = await mkdtemp(join(tmpdir(), 'weinao-gateway-'));
    this.issuer = await LocalIssuer.open(this.directory);
    const report = (message: string): void => void this.reports.push(message);
    this.gateway = await startGateway({
      bus: this.bus,
      issuer: this.issuer,
      feedTimes: this.feedTimes,
      queueLimits: this.queueLimits,
      port: 0,
      host: '127.0.0.1',
      report,
    });
  }

  async startWith(...descriptions: readonly SubgraphDescription[]): Promise<MadeUpSubgraph[]> {
    this.feed = new DirectoryFeed(this.bus);
    const subgraphs = descriptions.map((description) => this.announce(description));
    await this.start();
    while (!(await this.gateway.isReady())) await new Promise(setImmediate);
    return subgraphs;
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
