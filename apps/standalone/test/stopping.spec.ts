import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { isAlive, postmasterPid, ProcessFixture, untilGone } from './process.fixture.ts';
import { allTickets, openTicket } from './ticket.load.ts';

const fixture = new ProcessFixture();
let directory: string;

beforeAll(async () => {
  directory = await fixture.directory();
});

afterAll(() => fixture.cleanUp());

const titles = async (url: string): Promise<string[]> => {
  const { wang } = await peopleOf(url, directory);
  return (await allTickets(wang)).map(({ title }) => title).sort();
};

describe('ending everything in one process', () => {
  it.each([
    ['SIGINT', []],
    ['SIGTERM', ['SIGINT']],
  ] as const)(
    'at %s it ends with 0, leaves no process, and has the data at the next start',
    async (signal, before) => {
      const { process: started, url } = await fixture.standalone(directory);
      const postmaster = (await postmasterPid(directory))!;
      expect(await titles(url)).toEqual([...before]);
      await openTicket((await peopleOf(url, directory)).lin, signal);
      expect(await started.kill(signal)).toBe(0);
      expect(started.errors.replace(/^Creating the PostgreSQL data directory .*\n/, '')).toBe('');
      expect(isAlive(postmaster)).toBe(false);
      expect(await postmasterPid(directory)).toBeUndefined();
    },
  );

  it('a second signal changes nothing, as when the terminal and npm both send one', async () => {
    const { process: started } = await fixture.standalone(directory);
    process.kill(started.pid, 'SIGINT');
    expect(await started.kill('SIGINT')).toBe(0);
    expect(await postmasterPid(directory)).toBeUndefined();
  });

  it.each([
    ['the embedded PostgreSQL is started', /Starting the embedded PostgreSQL/],
    ['the communities are started', /Starting communities/],
    ['the tickets are started', /Starting tickets/],
  ])('while %s, a signal ends it with 0 and leaves no process', async (_moment, line) => {
    const started = fixture.startStandalone(directory);
    await started.until(line);
    expect(await started.kill('SIGINT')).toBe(0);
    expect(started.output).not.toContain('is ready');
    expect(await postmasterPid(directory)).toBeUndefined();
  });

  it('while the very first start creates the database, a signal ends it, and the next start works', async () => {
    const empty = await fixture.directory();
    const started = fixture.startStandalone(empty);
    await started.until(/Creating the PostgreSQL data directory/);
    expect(await started.kill('SIGTERM')).toBe(0);
    expect(await postmasterPid(empty)).toBeUndefined();
    const { process: next } = await fixture.standalone(empty);
    expect(await next.kill('SIGTERM')).toBe(0);
  });
});

describe('the launcher of npm start', () => {
  it('takes everything down with it when it is killed, and the data stays', async () => {
    const launcher = fixture.start('tools/start.mjs', { WEINAO_DATA: directory, PORT: '0' });
    const [, url] = await launcher.until(/Weinao is ready .* (http:\S+)/);
    const { wang } = await peopleOf(url!, directory);
    expect((await wang.ask('{ me { id } }')).data).toEqual({ me: { id: 'wang' } });
    const postmaster = (await postmasterPid(directory))!;
    expect(await launcher.kill('SIGKILL')).toBe('SIGKILL'); // resolves when the child, too, has closed what it prints to
    await untilGone(postmaster);
    await expect(wang.ask('{ me { id } }')).rejects.toThrow('fetch failed');
    const { process: next, url: nextUrl } = await fixture.standalone(directory);
    expect(await titles(nextUrl)).toEqual(['SIGINT', 'SIGTERM']);
    expect(await next.kill('SIGTERM')).toBe(0);
  });

  it('hands on the signal, and the exit code', async () => {
    const launcher = fixture.start('tools/start.mjs', { WEINAO_DATA: directory, PORT: '0' });
    await launcher.until(/Weinao is ready/);
    expect(await launcher.kill('SIGTERM')).toBe(0);
    expect(await postmasterPid(directory)).toBeUndefined();
    const refused = fixture.start('tools/start.mjs', { WEINAO_DATA: directory, PORT: 'none' });
    expect(await refused.ended).toBe(1);
  });
});
