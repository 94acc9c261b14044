import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { ProcessFixture, query } from './process.fixture.ts';
import { openTicket } from './ticket.load.ts';

const fixture = new ProcessFixture();
let directory: string;
let stream: string | undefined;

beforeAll(async () => {
  directory = await fixture.directory();
  const standalone = await fixture.standalone(directory);
  await query(directory, `alter table tickets.ticket add constraint bright check (title <> 'dark')`);
  const { lin } = await peopleOf(standalone.url, directory);
  await openTicket(lin, 'dark').catch(() => undefined); // stored, but the answer would show the row that is not there
  [stream] = (await query(directory, 'select stream from tickets.events')).map(
    (row) => (row as { stream: string }).stream,
  );
});

afterAll(() => fixture.cleanUp());

const parked = async (...args: string[]) => {
  const { code, output } = await fixture.weinao(directory, 'parked', ...args);
  return { code, output };
};

describe('weinao parked', () => {
  it('lists what a read model leaves out, for people and for machines', async () => {
    const { code, output } = await parked('list', 'tickets', '--json');
    expect({ code, parked: JSON.parse(output) }).toMatchObject({
      code: 0,
      parked: [{ plugin: 'tickets', subscriber: 'tickets', stream, position: '1', tries: 5 }],
    });
    const table = (await parked('list')).output;
    expect(table).toMatch(/^plugin +subscriber +stream +position +since +tries +error\n/);
    expect(table).toContain('violates check constraint "bright"');
    expect((await parked('list', 'communities')).output).toBe('Nothing is parked.\n');
    expect((await parked('list', '--stream', 'ticket/osmanthus-court/other')).output).toBe(
      'Nothing is parked.\n',
    );
  });

  it('tries again beside the running system, and says whether it helped', async () => {
    const still = await parked('retry', 'tickets', '--stream', stream!);
    expect(still.code).toBe(1);
    expect(still.output).toContain('still parked: new row for relation "ticket" violates');
    await query(directory, 'alter table tickets.ticket drop constraint bright');
    const helped = await parked('retry', 'tickets', '--subscriber', 'tickets');
    expect([helped.code, helped.output]).toEqual([0, expect.stringContaining('goes on')]);
    expect(await query(directory, 'select title, number from tickets.ticket')).toEqual([
      { title: 'dark', number: 1 },
    ]);
    expect((await parked('retry')).output).toBe('Nothing is parked.\n');
  });
});
