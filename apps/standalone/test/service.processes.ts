import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { ProcessFixture } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';

/** Gateway and services as processes of their own, as an operator would run them. */
export class ServiceProcesses {
  gateway: StartedProcess;
  url: string;
  private readonly services = new Map<string, StartedProcess>();

  constructor(
    private readonly fixture: ProcessFixture,
    private readonly environment: {
      readonly NATS_URL: string;
      readonly DATABASE_URL: string;
      readonly WEINAO_DATA: string;
      readonly WEINAO_CLOCK?: string;
    },
  ) {}

  /** On a free port at first, and on the same one ever after. */
  async startGateway(): Promise<void> {
    this.gateway = this.fixture.start('apps/gateway/main.ts', {
      ...this.environment,
      PORT: this.url === undefined ? '0' : new URL(this.url).port,
      HOST: '127.0.0.1',
    });
    const [, url] = await this.gateway.until(/gateway is listening on (http:\S+)/);
    this.url = url!;
  }

  /** Without waiting until it is ready. */
  start(...ids: readonly string[]): void {
    for (const id of ids)
      this.services.set(id, this.fixture.start(`apps/services/${id}/main.ts`, this.environment));
  }

  service(id: string): StartedProcess {
    return this.services.get(id)!;
  }

  get all(): readonly StartedProcess[] {
    return [this.gateway, ...this.services.values()];
  }

  async untilReady(): Promise<void> {
    await Promise.all([...this.services].map(([id, service]) => service.until(new RegExp(`${id} is ready`))));
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
