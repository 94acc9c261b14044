import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  DataDirectoryInUse,
  DataDirectoryUnusable,
  freePort,
  runningPostgres,
  startPostgres,
} from '../index.ts';
import { PostgresFixture, query } from './postgres.fixture.ts';

const fixture = new PostgresFixture();

afterAll(() => fixture.cleanUp());

describe('the embedded PostgreSQL', () => {
  it('creates its data directory on the first start and keeps the data until the second', async () => {
    const directory = join(await fixture.directory(), 'deep', 'data');
    const first = await fixture.start(directory);
    await query(first.url, `create table kept as select 'Grüße, 世界' as word`);
    await first.stop();

    const second = await fixture.start(directory);
    expect(await query(second.url, 'select word from kept')).toEqual(['Grüße, 世界']);
    expect(second.version).toMatch(/^\d+\.\d+/);
    await second.stop();
  });

  it('keeps its password from other users and leaves nothing else beside the cluster', async () => {
    const directory = await fixture.directory();
    await fixture.start(directory);
    expect((await stat(join(directory, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect((await readdir(directory)).sort()).toEqual(['postgres', 'postgres.json']);
  });

  it('asks for the password', async () => {
    const { url } = await fixture.start(await fixture.directory());
    await expect(query(url.replace(/:[0-9a-f]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/);
  });

  it('starts with the settings and the database it is told', async () => {
    const settings = { fsync: 'off', log_line_prefix: `it's "%p" $HOME ` };
    const { url } = await fixture.start(await fixture.directory(), { settings, database: 'my data' });
    expect(await query(url, 'show log_line_prefix')).toEqual([settings.log_line_prefix]);
    expect(await query(url, 'select current_database()')).toEqual(['my data']);
  });

  it('refuses a second starter, and the first goes on', async () => {
    const directory = await fixture.directory();
    const first = await fixture.start(directory);
    const second = startPostgres({ directory });
    await expect(second).rejects.toThrow(DataDirectoryInUse);
    await expect(second).rejects.toThrow(
      `The data directory ${directory} is in use by another Weinao process; ` +
        'stop it, or set WEINAO_DATA to another directory.',
    );
    expect(await query(first.url, 'select 1')).toEqual([1]);
  });

  it('lets one of two starters win when both meet at the first start', async () => {
    const directory = await fixture.directory();
    await fixture.startAndKillAt('Creating', directory);
    const both = await Promise.allSettled([
      fixture.start(directory),
      fixture.startAndKillAt('started', directory),
    ]);
    const [ours] = both;
    if (ours.status === 'rejected') expect(ours.reason).toBeInstanceOf(DataDirectoryInUse);
    const server = ours.status === 'fulfilled' ? ours.value : await fixture.start(directory);
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });

  it('says in one sentence that it cannot write', async () => {
    const file = join(await fixture.directory(), 'file');
    await writeFile(file, '');
    const directory = join(file, 'data');
    const start = startPostgres({ directory });
    await expect(start).rejects.toThrow(DataDirectoryUnusable);
    await expect(start).rejects.toThrow(
      `The data directory ${directory} is not writable: not a directory; ` +
        'set WEINAO_DATA to a directory of your own.',
    );
  });

  it('says that the password of an existing cluster is missing', async () => {
    const directory = await fixture.directory();
    await mkdir(join(directory, 'postgres'));
    await writeFile(join(directory, 'postgres', 'PG_VERSION'), '18\n');
    await expect(startPostgres({ directory })).rejects.toThrow(/postgres\.json, which keeps the password/);
  });

  it('tells other programs its URL as long as it runs', async () => {
    const directory = await fixture.directory();
    expect(await runningPostgres({ directory })).toBeUndefined();
    const server = await fixture.start(directory);
    expect(await runningPostgres({ directory })).toBe(server.url);
    await server.stop();
    expect(await runningPostgres({ directory })).toBeUndefined();
  });
});

describe('a free port', () => {
  it('has nobody listening', async () => {
    const socket = connect({ host: '127.0.0.1', port: await freePort() });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});
