import { readdir } from 'node:fs/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runningPostgres } from '../index.ts';
import { PostgresFixture, postmasterPid, query, queryWhenBack } from './postgres.fixture.ts';

const fixture = new PostgresFixture();

afterAll(() => fixture.cleanUp());

/** Resolves with the line that says this. */
function messages(): { onMessage: (line: string) => void; saying: (text: string) => Promise<string> } {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  return {
    onMessage: (line) => {
      lines.push(line);
      for (const wake of waiting) wake();
    },
    saying: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = lines.find((line) => line.includes(text));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

describe('the embedded PostgreSQL after a crash', () => {
  it('comes back on the same URL with its data when its postmaster is killed', async () => {
    const directory = await fixture.directory();
    const { onMessage, saying } = messages();
    const server = await fixture.start(directory, { onMessage });
    await query(server.url, 'create table kept as select 42 as answer');
    const before = await postmasterPid(directory);

    process.kill(before, 'SIGKILL');
    await saying('PostgreSQL is back');
    expect(await query(server.url, 'select answer from kept')).toEqual([42]);
    expect(await postmasterPid(directory)).not.toBe(before);
  });

  it('comes back with a new owner session when one of its backends is killed', async () => {
    const directory = await fixture.directory();
    const { onMessage, saying } = messages();
    const server = await fixture.start(directory, { onMessage });
    const before = await postmasterPid(directory);
    const [backend] = await query(
      server.url,
      `select pid from pg_stat_activity where application_name = 'weinao embedded'`,
    );

    process.kill(Number(backend), 'SIGKILL');
    await saying('PostgreSQL is back');
    expect(
      await queryWhenBack(server.url, 'select count(*)::int from pg_locks where locktype = $$advisory$$'),
    ).toEqual([1]);
    expect(await postmasterPid(directory)).toBe(before);
  });

  it('stops for good when told so while it is coming back', async () => {
    const directory = await fixture.directory();
    const { onMessage, saying } = messages();
    const server = await fixture.start(directory, { onMessage });
    process.kill(await postmasterPid(directory), 'SIGKILL');
    await saying('bringing it back');
    await server.stop();
    expect(await runningPostgres({ directory })).toBeUndefined();
    await expect(query(server.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is adopted, with its data and its URL, when its owner was killed', async () => {
    const directory = await fixture.directory();
    const started = await fixture.startAndKillAt('started', directory);
    const { onMessage, saying } = messages();
    const server = await fixture.start(directory, { onMessage });
    await saying('Adopted');
    expect(started).toBe(`started ${server.url}`);
    await server.stop();
    expect(await runningPostgres({ directory })).toBeUndefined();
  });

  it('starts when the process that made its first start was killed half-way', async () => {
    const directory = await fixture.directory();
    await fixture.startAndKillAt('Creating', directory);
    const server = await fixture.start(directory);
    expect(await query(server.url, 'select 1')).toEqual([1]);
    expect((await readdir(directory)).sort()).toEqual(['postgres', 'postgres.json']);
  });
});
