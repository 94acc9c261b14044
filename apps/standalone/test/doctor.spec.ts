import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peopleOf } from './person.ts';
import { ProcessFixture, query } from './process.fixture.ts';
import { openTicket } from './ticket.load.ts';

const fixture = new ProcessFixture();
let directory: string;
let noted: string;

beforeAll(async () => {
  directory = await fixture.directory();
  const standalone = await fixture.standalone(directory);
  const { lin } = await peopleOf(standalone.url, directory);
  for (const title of ['lamp', 'lift', 'door']) await openTicket(lin, title);
});

afterAll(() => fixture.cleanUp());

const doctor = async (...args: string[]) => {
  const { code, output, errors } = await fixture.weinao(directory, 'doctor', ...args);
  return { code, output, errors };
};

describe('weinao doctor', () => {
  it('finds nothing in a sound system, and prints where each chain stands', async () => {
    const { code, output, errors } = await doctor();
    expect({ code, errors }).toEqual({ code: 0, errors: 'Nothing was found.\n' });
    expect(output).toMatch(
      /^communities=\d+:[0-9a-f]{64}\ntickets=3:[0-9a-f]{64}\n([a-z-]+=\d+:[0-9a-f]{64}\n)+$/,
    );
    noted = output.split('\n')[1]!;
    expect((await doctor('tickets', '--expect', noted)).code).toBe(0);
  });

  it('names the position of an event that was altered behind the system’s back', async () => {
    const data = await query(directory, 'select data::text from tickets.events where position = 2');
    await query(directory, `update tickets.events set data = '{"title":"forged"}' where position = 2`);
    const { code, output } = await doctor('tickets', '--json');
    expect({ code, diagnoses: JSON.parse(output) }).toMatchObject({
      code: 1,
      diagnoses: [
        {
          plugin: 'tickets',
          findings: [{ check: 'chain', message: 'the event at position 2 was altered' }],
        },
      ],
    });
    const { data: before } = data[0] as { data: string };
    await query(directory, `update tickets.events set data = $weinao$${before}$weinao$ where position = 2`);
    expect((await doctor('tickets', '--expect', noted)).code).toBe(0);
  });

  it('tells of what was given up and of what is late', async () => {
    await query(
      directory,
      `insert into tickets.effects (name, community, key, event_id, kind, payload, state, tries, next_try, error)
       values ('sms', 'osmanthus-court', 'sms-7', gen_random_uuid(), 'sms', '{}', 'dead', 8, now(), 'no credit')`,
    );
    await query(
      directory,
      `insert into tickets.timers (name, community, key, due, data, set_by, correlation_id, next_try)
       values ('none', 'osmanthus-court', 'late', '2026-01-01T00:00:00Z', '{}', gen_random_uuid(), 'c', now())`,
    );
    const { code, output } = await doctor('tickets');
    expect(code).toBe(1);
    expect(output).toContain(
      '  effects: sms sms-7 was given up after 8 tries (weinao effects retry): no credit\n',
    );
    expect(output).toContain('  timers: 1 timers are overdue, the oldest since 2026-01-01T00:00:00.000Z\n');
  });

  it.each([
    [
      ['wishes'],
      expect.stringMatching(/^There is no plugin wishes here; choose from communities, tickets, .*\n$/),
    ],
    [
      ['--expect', 'tickets=2'],
      '"tickets=2" is no place in a chain: write <plugin>=<position>:<link>, as printed here.\n',
    ],
  ])('refuses %j in a sentence', async (args, errors) => {
    expect(await doctor(...args)).toEqual({ code: 1, output: '', errors });
  });
});
