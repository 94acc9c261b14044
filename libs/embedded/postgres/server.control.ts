import { execFile } from 'node:child_process';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCommand } from './command.ts';
import type { DataDirectory } from './data.directory.ts';
import { ownerOf, unlessMissing } from './data.directory.ts';
import { removeStalePostmasterFile, runningPort } from './postmaster.file.ts';
import type { ServerAccount } from './server.account.ts';

const execute = promisify(execFile);

/** Starts and stops the server of one cluster with pg_ctl, which gives it a session of its own. */
export class ServerControl {
  constructor(
    private readonly directory: DataDirectory,
    private readonly pgCtl: string,
    private readonly account: ServerAccount | undefined,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  runningPort(): Promise<number | undefined> {
    return runningPort(this.directory.cluster);
  }

  /** A cluster that another user left, for instance after a copy, becomes the server user's own. */
  async takeFiles(): Promise<void> {
    const { cluster, log } = this.directory;
    if (this.account !== undefined && (await ownerOf(cluster)) !== this.account.uid) {
      await execute('chown', ['-R', '-h', `${this.account.uid}:${this.account.gid}`, cluster]);
    }
    await unlessMissing(rename(log, join(cluster, 'server.previous.log')));
  }

  /** Waits until the server accepts connections; returns why it did not start, or undefined. */
  async start(port: number, signal?: AbortSignal): Promise<string | undefined> {
    const { cluster, log } = this.directory;
    await removeStalePostmasterFile(cluster);
    const logged = (await this.logText()).length;
    const options = Object.entries({
      ...this.settings,
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: '',
    }).map(([name, value]) => `-c ${name}=${quoted(value)}`);
    const args = ['-D', cluster, '-l', log, '-w', '-t', '60', '-o', options.join(' '), 'start'];
    const result = await runCommand(this.account, this.pgCtl, args, signal);
    if (result.succeeded) return undefined;
    const reasons = (await this.logText()).slice(logged).trim();
    return reasons === '' ? result.output : reasons;
  }

  async stop(): Promise<void> {
    if (await this.stopped('fast', 3)) return;
    await this.stopNow();
  }

  /** Ends the server without a checkpoint; its next start recovers from the log. */
  async stopNow(): Promise<void> {
    if (await this.stopped('immediate', 2)) return;
    throw new Error(`The PostgreSQL server of ${this.directory.path} did not stop.`);
  }

  private async stopped(mode: 'fast' | 'immediate', seconds: number): Promise<boolean> {
    if ((await this.runningPort()) === undefined) return true;
    const args = ['-D', this.directory.cluster, '-m', mode, '-w', '-t', String(seconds), 'stop'];
    const result = await runCommand(this.account, this.pgCtl, args);
    return result.succeeded || (await this.runningPort()) === undefined;
  }

  private async logText(): Promise<string> {
    return (await unlessMissing(readFile(this.directory.log, 'utf8'))) ?? '';
  }
}

/** pg_ctl hands its options to the shell. */
function quoted(value: string): string {
  if (process.platform === 'win32') return `"${value.replaceAll('"', '\\"')}"`;
  return `'${value.replaceAll("'", "'\\''")}'`;
}
