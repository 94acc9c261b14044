import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { postmasterPid, ProcessFixture, query } from './process.fixture.ts';
import type { StartedStandalone } from './process.fixture.ts';
import { openTicket } from './ticket.load.ts';

const TABLES = ['ticket', 'ticket_event', 'ticket_counter'];
const DROP = `drop table ${TABLES.map((table) => `tickets.${table}`).join(', ')}`;
const CHANGE = `mutation ($id: ID!) {
  assignTicket(id: $id, assigneeId: "chen") { id }
  startTicket(id: $id) { id }
  resolveTicket(id: $id, resolution: "已修好") { id }
}`;

const fixture = new ProcessFixture();
let directory: string;
let standalone: StartedStandalone;

beforeAll(async () => {
  directory = await fixture.directory();
  standalone = await fixture.standalone(directory);
  const { lin, wang } = await peopleOf(standalone.url, directory);
  for (const title of ['leak', 'lamp', 'gate']) {
    const { data } = await openTicket(lin, title);
    if (title !== 'lamp') await wang.ask(CHANGE, { id: data.openTicket.id });
  }
});

afterAll(() => fixture.cleanUp());

const rows = async (): Promise<unknown[][]> =>
  Promise.all(TABLES.map((table) => query(directory, `select * from tickets.${table} t order by t::text`)));

describe('weinao rebuild tickets', () => {
  it('gives the same rows after the tables were dropped, beside the running process', async () => {
    const before = await rows();
    expect(before.map(({ length }) => length)).toEqual([3, 9, 1]);
    await query(directory, DROP);
    const { code, errors } = await fixture.weinao(directory, 'rebuild', 'tickets');
    expect({ code, errors }).toEqual({ code: 0, errors: 'The read models of tickets are rebuilt.\n' });
    expect(await rows()).toEqual(before);

    const { lin, wang } = await peopleOf(standalone.url, directory);
    expect((await openTicket(lin, 'lift')).data.openTicket).toMatchObject({ title: 'lift', number: 4 });
    expect((await wang.ask('{ tickets { totalCount } }')).data.tickets.totalCount).toBe(4);
  });

  it('gives the same rows where rows were spoiled', async () => {
    const before = await rows();
    await query(
      directory,
      `update tickets.ticket set status = 'OPEN', stars = 5; delete from tickets.ticket_event`,
    );
    expect((await fixture.weinao(directory, 'rebuild', 'tickets')).code).toBe(0);
    expect(await rows()).toEqual(before);
  });

  it('gives the same rows without a running process, and leaves no PostgreSQL', async () => {
    const before = await rows();
    await query(directory, DROP);
    expect(await standalone.process.kill('SIGTERM')).toBe(0);
    const { code, errors } = await fixture.weinao(directory, 'rebuild', 'tickets');
    expect({ code, errors }).toEqual({ code: 0, errors: 'The read models of tickets are rebuilt.\n' });
    expect(await postmasterPid(directory)).toBeUndefined();
    standalone = await fixture.standalone(directory);
    expect(await rows()).toEqual(before);
  });

  it('rebuilds only the projection that is named, and says which there are when it is none', async () => {
    const rebuild = (name: string) => fixture.weinao(directory, 'rebuild', 'tickets', '--projection', name);
    expect((await rebuild('tickets')).code).toBe(0);
    const { code, errors } = await rebuild('wishes');
    expect({ code, errors }).toEqual({
      code: 1,
      errors: 'tickets has no projection wishes; it has tickets.\n',
    });
  });

  it('says in a sentence that there is no such plugin', async () => {
    const { code, errors } = await fixture.weinao(directory, 'rebuild', 'wishes');
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(
        /^There is no plugin wishes here; choose from communities, tickets, .*\n$/,
      ),
    });
  });
});
