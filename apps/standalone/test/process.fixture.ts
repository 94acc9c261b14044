import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runningPostgres } from '@weinao/embedded';
import pg from 'pg';
import { StartedProcess } from './started.process.ts';

export interface StartedStandalone {
  readonly process: StartedProcess;
  readonly url: string;
}

/** Starts processes and data directories of one spec; in the end none of them is left, whatever failed. */
export class ProcessFixture {
  private readonly processes: StartedProcess[] = [];
  private readonly directories: string[] = [];

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'weinao-standalone-'));
    this.directories.push(directory);
    return directory;
  }

  start(file: string, environment: Record<string, string>, args: readonly string[] = []): StartedProcess {
    const started = new StartedProcess(file, { args, environment });
    this.processes.push(started);
    return started;
  }

  /** As `npm start` does, without its launcher. */
  startStandalone(directory: string, environment: Record<string, string> = {}): StartedProcess {
    return this.start('apps/standalone/main.ts', { WEINAO_DATA: directory, PORT: '0', ...environment });
  }

  async standalone(directory: string, environment?: Record<string, string>): Promise<StartedStandalone> {
    const started = this.startStandalone(directory, environment);
    const [, url] = await started.until(/Weinao is ready .* (http:\S+)/);
    return { process: started, url: url! };
  }

  /** The command line. */
  weinao(directory: string, ...args: string[]): Promise<StartedProcess & { code: number }> {
    return this.weinaoIn({ WEINAO_DATA: directory }, ...args);
  }

  async weinaoIn(
    environment: Record<string, string>,
    ...args: string[]
  ): Promise<StartedProcess & { code: number }> {
    const started = this.start('apps/standalone/bin/weinao.mjs', environment, args);
    return Object.assign(started, { code: (await started.ended) as number });
  }

  async cleanUp(): Promise<void> {
    await Promise.all(this.processes.map((started) => started.kill('SIGKILL')));
    for (const directory of this.directories) {
      const postmaster = await postmasterPid(directory);
      if (postmaster !== undefined && isAlive(postmaster)) {
        process.kill(postmaster, 'SIGQUIT');
        await untilGone(postmaster);
      }
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    }
  }
}

/** Of the embedded PostgreSQL; undefined where none was started, or it was stopped in order. */
export async function postmasterPid(directory: string): Promise<number | undefined> {
  try {
    return parseInt(await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** One that is dead, but not yet buried by its parent, does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).path === `/proc/${pid}/stat` && existsSync('/proc') === false;
  }
}

export async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(20);
}

/** Rows of the embedded database of a running standalone process. */
export async function query(directory: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: await runningPostgres({ directory }) });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
