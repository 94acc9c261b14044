import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ProcessFixture } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';

/** Gateway and services as processes of their own, as an operator would run them. */
export class ServiceProcesses {
  gateway: StartedProcess;
  communities: StartedProcess;
  tickets: StartedProcess;
  url: string;

  constructor(
    private readonly fixture: ProcessFixture,
    private readonly environment: {
      readonly NATS_URL: string;
      readonly DATABASE_URL: string;
      readonly WEINAO_DATA: string;
    },
  ) {}

  async startGateway(): Promise<void> {
    this.gateway = this.fixture.start('apps/gateway/main.ts', {
      ...this.environment,
      PORT: '0',
      HOST: '127.0.0.1',
    });
    const [, url] = await this.gateway.until(/gateway is listening on (http:\S+)/);
    this.url = url!;
  }

  startTickets(): void {
    this.tickets = this.fixture.start('apps/services/tickets/main.ts', this.environment);
  }

  startCommunities(): void {
    this.communities = this.fixture.start('apps/services/communities/main.ts', this.environment);
  }

  async untilReady(): Promise<void> {
    await Promise.all([
      this.tickets.until(/tickets is ready/),
      this.communities.until(/communities is ready/),
    ]);
    while ((await fetch(`${this.url}/health/ready`).then(statusOf)) !== 200);
  }
}

async function statusOf(response: Response): Promise<number> {
  await response.text();
  return response.status;
}

/** A nats-server on a port that it had before, knowing nothing of that time. */
export async function emptyNatsServer(port: string, directory: string): Promise<{ stop(): Promise<void> }> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', port, '-js', '-sd', directory], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(server, 'exit');
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('Server is ready')) break;
  }
  server.stderr.resume();
  return {
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}
