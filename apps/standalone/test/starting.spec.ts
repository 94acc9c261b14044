import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { postmasterPid, ProcessFixture } from './process.fixture.ts';
import type { StartedStandalone } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';

const fixture = new ProcessFixture();
let directory: string;
let standalone: StartedStandalone;

beforeAll(async () => {
  directory = await fixture.directory();
  standalone = await fixture.standalone(directory);
});

afterAll(() => fixture.cleanUp());

async function expectOneSentence(started: StartedProcess, sentence: RegExp): Promise<void> {
  expect({ ended: await started.ended, errors: started.errors }).toEqual({
    ended: 1,
    errors: expect.stringMatching(/^[^\n]+[.")0-9]\n$/),
  });
  expect(started.errors).toMatch(sentence);
}

describe('a start that cannot be', () => {
  it('on a data directory in use: one sentence, exit code 1, and the first one goes on', async () => {
    const postmaster = await postmasterPid(directory);
    await expectOneSentence(
      fixture.startStandalone(directory),
      /data directory .* is in use by another Weinao process/,
    );
    expect(standalone.process.isRunning).toBe(true);
    expect(await postmasterPid(directory)).toBe(postmaster);
    const { lin } = await peopleOf(standalone.url, directory);
    expect((await lin.ask('{ tickets { totalCount } }')).data).toEqual({ tickets: { totalCount: 0 } });
  });

  it('on a port that is taken: one sentence, exit code 1, and no PostgreSQL is left', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      const empty = await fixture.directory();
      const started = fixture.startStandalone(empty, { PORT: String(port) });
      await started.ended;
      expect(started.errors.replace(/^Creating the PostgreSQL data directory .*\n/, '')).toBe(
        `Port ${port} is taken; stop what listens there, or set PORT to another.\n`,
      );
      expect(await started.ended).toBe(1);
      expect(await readdir(join(empty, 'postgres'))).not.toContain('postmaster.pid');
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('on a data directory that is a file, or under one: one sentence and exit code 1', async () => {
    const file = join(await fixture.directory(), 'file');
    await writeFile(file, '');
    await Promise.all(
      [file, join(file, 'deeper')].map((path) =>
        expectOneSentence(fixture.startStandalone(path), /data directory .*file.* is not writable/),
      ),
    );
  });

  it('on a port that is none: one sentence and exit code 1', async () => {
    await Promise.all(
      ['-1', '65536', 'http', '80.5', ' '].map(async (port) => {
        const empty = await fixture.directory();
        const started = fixture.startStandalone(empty, { PORT: port });
        await expectOneSentence(started, /^PORT must be a port between 0 and 65535, and is "/);
        expect(await readdir(empty)).toEqual([]);
      }),
    );
  });

  it('on a database that is not there: a word of it and exit code 1', async () => {
    const empty = await fixture.directory();
    const started = fixture.startStandalone(empty, {
      DATABASE_URL: 'postgresql://weinao@127.0.0.1:1/weinao',
    });
    await expectOneSentence(started, /ECONNREFUSED 127\.0\.0\.1:1/);
  });
});
