import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NatsServerMissing } from './nats.errors.ts';
import { readGreeting } from './nats.greeting.ts';

const startPatience = 10_000;
const stopPatience = 2000;

export interface NatsServerOptions {
  /** Where JetStream keeps its streams; a temporary directory unless told otherwise. */
  directory?: string;
  /** On by default when there is a directory. */
  jetStream?: boolean;
  /** A free one unless told otherwise. */
  port?: number;
}

export interface NatsServer {
  readonly url: string;
  readonly version: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the nats-server found on the PATH, on a free port of 127.0.0.1. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const scratch = await mkdtemp(join(tmpdir(), 'weinao-nats-'));
  const child = spawn('nats-server', serverArguments(options, scratch), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: process.env,
  });
  const log = tailOf(child);
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    await endProcess(child);
    process.removeListener('exit', endWithUs);
    await rm(scratch, { recursive: true, force: true });
  };
  try {
    const pid = await spawned(child);
    const url = await chosenUrl(child, scratch, log);
    const { version } = await readGreeting(url);
    let stopped: Promise<void> | undefined;
    return { url, version, pid, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments({ directory, jetStream, port = -1 }: NatsServerOptions, scratch: string): string[] {
  const network = ['-a', '127.0.0.1', '-p', String(port), '--ports_file_dir', scratch];
  if (!(jetStream ?? directory !== undefined)) return network;
  return [...network, '-js', '-sd', directory ?? join(scratch, 'jetstream')];
}

async function spawned(child: ChildProcess): Promise<number> {
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ENOENT' ? new NatsServerMissing() : error;
  }
  return child.pid as number;
}

/** nats-server writes the ports it has chosen into `nats-server_<pid>.ports`. */
async function chosenUrl(child: ChildProcess, scratch: string, log: () => string): Promise<string> {
  const deadline = Date.now() + startPatience;
  while (isRunning(child) && Date.now() < deadline) {
    const name = (await readdir(scratch)).find((file) => file.endsWith('.ports'));
    const url = name === undefined ? undefined : firstUrl(await readFile(join(scratch, name), 'utf8'));
    if (url !== undefined) return url;
    await pause(20);
  }
  throw new Error(`nats-server did not start: ${log()}`);
}

/** Undefined while the file is not yet written to its end. */
function firstUrl(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { nats?: string[] }).nats?.[0];
  } catch {
    return undefined;
  }
}

/** Keeps reading, because a full pipe would block the server. */
function tailOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4000)));
  return () => tail.trim();
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || !isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), stopPatience);
  await exited;
  clearTimeout(impatience);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
