import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble } from '@weinao/testing';
import { peopleOf } from './person.ts';
import { ProcessFixture, query } from './process.fixture.ts';
import type { StartedStandalone } from './process.fixture.ts';
import { openTicket } from './ticket.load.ts';

const READ = '{ tickets { nodes { id title number } } }';

const fixture = new ProcessFixture();
let kurrent: KurrentDouble;
let directory: string;
let environment: Record<string, string>;
let standalone: StartedStandalone;

beforeAll(async () => {
  [kurrent, directory] = await Promise.all([startKurrentDouble(), fixture.directory()]);
  environment = { KURRENTDB_URL: kurrent.url, WEINAO_DEMO: 'on' };
  standalone = await fixture.standalone(directory, environment);
});

afterAll(async () => {
  await fixture.cleanUp();
  kurrent.stop();
});

/** Ends in one sentence, which is returned. */
async function refusal(more: Record<string, string>): Promise<string> {
  const started = fixture.startStandalone(directory, more);
  expect(await started.ended).toBe(1);
  return started.errors;
}

describe('everything in one process, with the logs in KurrentDB', () => {
  it('has the ticket of before after a restart, and none of its events in the database', async () => {
    const before = await peopleOf(standalone.url, directory);
    const opened = await openTicket(before.lin, 'leak');
    expect(await query(directory, 'select from tickets.events')).toEqual([]);
    expect(await standalone.process.kill('SIGTERM')).toBe(0);

    standalone = await fixture.standalone(directory, environment);
    const { lin } = await peopleOf(standalone.url, directory);
    const { id, number } = opened.data.openTicket;
    expect((await lin.ask(READ)).data.tickets.nodes).toEqual([{ id, title: 'leak', number }]);
    expect((await openTicket(lin, 'leak')).data).toEqual(opened.data);
    expect((await openTicket(lin, 'lamp')).data.openTicket.number).toBe(number + 1);
  });

  it('is rebuilt from there', async () => {
    const rows = (): Promise<unknown[]> => query(directory, 'select * from tickets.ticket order by number');
    const before = await rows();
    await query(directory, `update tickets.ticket set title = 'spoiled'`);
    const { KURRENTDB_URL } = environment as { KURRENTDB_URL: string };
    const weinao = { WEINAO_DATA: directory, KURRENTDB_URL };
    const rebuilt = fixture.start('apps/standalone/bin/weinao.mjs', weinao, ['rebuild', 'tickets']);
    expect(await rebuilt.ended).toBe(0);
    expect(await rows()).toEqual(before);
  });

  it('does not start where its log is not, and says why in a sentence', async () => {
    await standalone.process.kill('SIGTERM');
    expect(await refusal({})).toMatch(
      /^The database of \S+ knows its log up to .* Is KURRENTDB_URL missing\?\n$/,
    );
    const nobody = { KURRENTDB_URL: 'kurrentdb://127.0.0.1:1?tls=false' };
    expect(await refusal(nobody)).toMatch(/^KurrentDB does not answer at KURRENTDB_URL: .*\n$/);
  });
});
