import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';

/** A NATS server of one's own that can be killed, and come back at its address with what it had stored or without. */
export class RestartingNats {
  private constructor(
    private readonly directory: string,
    private server: NatsServer,
  ) {}

  static async start(): Promise<RestartingNats> {
    const directory = await mkdtemp(join(tmpdir(), 'weinao-nats-store-'));
    return new RestartingNats(directory, await startNatsServer({ directory }));
  }

  get url(): string {
    return this.server.url;
  }

  async kill(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.stop();
  }

  async startAgain({ empty }: { readonly empty: boolean }): Promise<void> {
    if (empty) await rm(this.directory, { recursive: true, force: true });
    this.server = await startNatsServer({ directory: this.directory, port: Number(new URL(this.url).port) });
  }

  async close(): Promise<void> {
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
