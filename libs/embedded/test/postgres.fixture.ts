import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { EmbeddedPostgres, PostgresOptions } from '../index.ts';
import { startPostgres } from '../index.ts';

/** Starts servers in temporary directories, and ends and removes all of them in the end. */
export class PostgresFixture {
  private readonly directories: string[] = [];
  private readonly servers: EmbeddedPostgres[] = [];
  private readonly children: ChildProcess[] = [];

  async directory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'weinao-embedded-'));
    this.directories.push(directory);
    return directory;
  }

  async start(directory: string, options: Partial<PostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const server = await startPostgres({ directory, settings: { fsync: 'off' }, ...options });
    this.servers.push(server);
    return server;
  }

  /** Starts a server in a process of its own and kills that process at the first line with this text. */
  async startAndKillAt(text: string, directory: string): Promise<string> {
    const loader = new URL('../../../tools/typescript.mjs', import.meta.url).href;
    const program = fileURLToPath(new URL('starter.process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', loader, program, directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.children.push(child);
    const exited = once(child, 'exit');
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes(text)) continue;
      child.kill('SIGKILL');
      await exited;
      return line;
    }
    throw new Error(`The starting process ended without saying ${text}: ${complaint}`);
  }

  async cleanUp(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    await Promise.all(this.servers.map((server) => server.stop()));
    const removal = { recursive: true, force: true, maxRetries: 10 };
    await Promise.all(this.directories.map((directory) => rm(directory, removal)));
  }
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

/** Asks again until the server answers. */
export async function queryWhenBack(url: string, sql: string): Promise<unknown[]> {
  for (;;) {
    try {
      return await query(url, sql);
    } catch {
      await pause(50);
    }
  }
}

export async function postmasterPid(directory: string): Promise<number> {
  return parseInt(await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}
