import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { NatsServer, NatsServerOptions } from '../index.ts';
import { NatsServerMissing, startNatsServer } from '../index.ts';

const path = process.env['PATH'];
const servers: NatsServer[] = [];
const directories: string[] = [];

afterEach(() => {
  process.env['PATH'] = path;
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await Promise.all(directories.map((directory) => rm(directory, { recursive: true })));
});

async function start(options?: NatsServerOptions): Promise<NatsServer> {
  const server = await startNatsServer(options);
  servers.push(server);
  return server;
}

async function scratchOf({ pid }: NatsServer): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith('weinao-nats-')) continue;
    const files = await readdir(join(tmpdir(), name)).catch((): string[] => []);
    if (files.includes(`nats-server_${pid}.ports`)) return join(tmpdir(), name);
  }
  throw new Error(`There is no ports file of the process ${pid}.`);
}

async function answerTo(url: string, line: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'data');
  socket.write(`CONNECT {"verbose":false}\r\n${line}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}

describe('the nats-server', () => {
  it('answers, stops and leaves no process', async () => {
    const server = await start();
    expect(server.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(await answerTo(server.url, 'PING')).toBe('PONG\r\n');
    process.kill(server.pid, 0);
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
  });

  it('removes its temporary directory', async () => {
    const server = await start({ jetStream: true });
    const scratch = await scratchOf(server);
    expect(await readdir(scratch)).toContain('jetstream');
    await server.stop();
    await expect(readdir(scratch)).rejects.toThrow(/ENOENT/);
  });

  it('keeps the streams of JetStream in the directory it is told', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'weinao-nats-test-'));
    directories.push(directory);
    const server = await start({ directory });
    await server.stop();
    expect(await readdir(directory)).toEqual(['jetstream']);
  });

  it('ends when it is told to stop twice', async () => {
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    expect(() => process.kill(server.pid, 0)).toThrow(/ESRCH/);
  });

  it('says how to install it when it is missing', async () => {
    process.env['PATH'] = '';
    const starting = start();
    await expect(starting).rejects.toThrow(NatsServerMissing);
    await expect(starting).rejects.toThrow(
      /apt-get install nats-server.*brew install nats-server.*nats\.io\/download/,
    );
  });
});
