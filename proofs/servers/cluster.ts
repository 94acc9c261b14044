import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@weinao/embedded';
import type { EmbeddedPostgres } from '@weinao/embedded';
import { childrenOf, signal } from './process-group.ts';
import type { Random } from '../course/random.ts';

/** A whole PostgreSQL of the proof's own, whose processes can be killed and paused. Its supervisor brings it back. */
export class Cluster {
  private readonly paused: number[] = [];

  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly directory: string,
  ) {}

  /**
   * Without fsync, unless told otherwise: what a killed process has written stays with the operating system, and to cut
   * the power is not among the things that a proof can do.
   */
  static async start(directory: string, settings: Record<string, string> = {}): Promise<Cluster> {
    const server = await startPostgres({
      directory,
      settings: { fsync: 'off', max_connections: '200', ...settings },
    });
    return new Cluster(server, directory);
  }

  get url(): string {
    return this.server.url;
  }

  /** Postmaster and backends at once; then nobody can accept, commit or answer. */
  async pause(): Promise<void> {
    const postmaster = await this.postmaster();
    if (postmaster === undefined) return;
    this.stopProcess(postmaster); // first, so that there are no new children
    for (const pid of childrenOf(postmaster)) this.stopProcess(pid);
  }

  resume(): void {
    for (const pid of this.paused.splice(0).reverse()) signal(pid, 'SIGCONT');
  }

  /** Its backends end when they notice; the next server starts on the same port when they have. */
  async killPostmaster(): Promise<void> {
    const postmaster = await this.postmaster();
    if (postmaster !== undefined) signal(postmaster, 'SIGKILL');
  }

  /** Any child of the postmaster; it then ends all the others and recovers from its log. */
  async killChild(random: Random): Promise<void> {
    const postmaster = await this.postmaster();
    const children = postmaster === undefined ? [] : childrenOf(postmaster);
    if (children.length > 0) signal(random.pick(children), 'SIGKILL');
  }

  async stop(): Promise<void> {
    this.resume();
    await this.server.stop();
  }

  private stopProcess(pid: number): void {
    if (signal(pid, 'SIGSTOP')) this.paused.push(pid);
  }

  private async postmaster(): Promise<number | undefined> {
    const file = join(this.directory, 'postgres', 'postmaster.pid');
    const pid = parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    return Number.isInteger(pid) ? pid : undefined;
  }
}
