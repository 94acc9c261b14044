import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectNats } from '@weinao/events';
import { LocalIssuer } from '@weinao/gateway';
import { MadeUpCommunities } from './made-up-communities.ts';
import { nextMessage, startChild } from '../frame/child.ts';
import { HttpConnection } from '../frame/http.connection.ts';

const BYTES_A_MB = 1_048_576;

const report = (message: string, error?: unknown): void => console.error(message, error ?? '');

/** A gateway in a process of its own before communities that are made up. */
export class LoneGateway {
  private constructor(
    readonly communities: MadeUpCommunities,
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  static async start(
    natsUrl: string,
    communities: number,
    cleanup: AsyncDisposableStack,
  ): Promise<LoneGateway> {
    const data = await mkdtemp(join(tmpdir(), 'weinao-bench-gateway-'));
    cleanup.defer(() => rm(data, { recursive: true, force: true }));
    const issuer = await LocalIssuer.open(data);
    const who = { subject: 'wang', roles: ['operator'] as const, communityId: null, lifetime: '2h' };
    const authorization = `Bearer ${await issuer.issue({ ...who, roles: [...who.roles] })}`;
    const bus = await connectNats({ url: natsUrl, name: 'bench communities', report });
    cleanup.defer(() => bus.close());
    const madeUp = new MadeUpCommunities(bus, communities);
    const file = new URL('./lone-gateway.process.ts', import.meta.url);
    const child = startChild(file, { natsUrl, data }, cleanup);
    return new LoneGateway(madeUp, child, await nextMessage<string>(child), { authorization });
  }

  connect(): Promise<HttpConnection> {
    return HttpConnection.open(this.url);
  }

  /** @returns whether the field is there, with its answer. @throws Error for any failure but that */
  async ask(connection: HttpConnection, community: string, field: string): Promise<boolean> {
    const body = JSON.stringify({ query: `{ ${field} }` });
    try {
      const answer = await connection.post(`/communities/${community}/graphql`, this.headers, body);
      if (answer === `{"data":{"${field}":1}}\n` || answer === `{"data":{"${field}":1}}`) return true;
      throw new Error(`${community} answered ${answer}`);
    } catch (error) {
      if ((error as Error).message.includes('GRAPHQL_VALIDATION_FAILED')) return false;
      throw error;
    }
  }

  /** Resident memory of its process. */
  async megabytes(): Promise<number> {
    this.child.send('memory');
    return (await nextMessage<number>(this.child)) / BYTES_A_MB;
  }
}
