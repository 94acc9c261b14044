import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '@weinao/embedded';
import { endWithUs, signal } from './process-group.ts';

/** A nats-server of the proof's own, which comes back on the same port, with its JetStream store or without. */
export class Broker {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly store: string,
  ) {}

  static async start(directory: string): Promise<Broker> {
    const broker = new Broker(await freePort(), join(directory, 'nats'));
    await broker.start();
    return broker;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** @throws Error when it does not come up */
  async start(): Promise<void> {
    const child = spawn(
      'nats-server',
      ['-a', '127.0.0.1', '-p', String(this.port), '-js', '-sd', this.store],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
        detached: true,
      },
    );
    this.child = child;
    child.once('exit', endWithUs(child.pid!));
    await ready(child);
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    signal(child.pid!, 'SIGKILL');
    await exited;
  }

  /** All that it had stored; only while it is down. */
  async wipe(): Promise<void> {
    await rm(this.store, { recursive: true, force: true });
  }

  pause(): void {
    signal(this.child!.pid!, 'SIGSTOP');
  }

  resume(): void {
    signal(this.child!.pid!, 'SIGCONT');
  }
}

/** Goes on reading what it writes, because a full pipe would block it. @throws Error when it ends before it is ready */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    createInterface({ input: child.stderr! }).on('line', (line) => {
      if (line.includes('Server is ready')) resolve();
      words = `${words}${line}\n`.slice(-2_000);
    });
    child.once('close', () => reject(new Error(`nats-server did not start:\n${words}`)));
  });
}
