import { describe, expect, it } from '@jest/globals';
import type { Answer, People, Person } from './person.ts';

const TICKET = `id number status assigneeId resolution stars openedBy history { type at by note }`;

const OPEN = `mutation ($input: OpenTicketInput!) { ticket: openTicket(input: $input) { ${TICKET} location { building } } }`;
const step = (field: string, args: string): string =>
  `mutation ($id: ID!) { ticket: ${field}(id: $id, ${args}) { ${TICKET} } }`;
const ASSIGN = step('assignTicket', 'assigneeId: "chen"');
const START = `mutation ($id: ID!) { ticket: startTicket(id: $id) { ${TICKET} } }`;
const RESOLVE = step('resolveTicket', 'resolution: "已更换水管"');
const REOPEN = step('reopenTicket', 'reason: "又漏了"');
const RATE = step('rateTicket', 'stars: 5, comment: "谢谢"');
const READ = `query ($id: ID!) { ticket(id: $id) { ${TICKET} } }`;

const leak = { kind: 'REPAIR', category: '水暖', title: '厨房水管漏水', location: { building: '3号楼' } };

const open = (person: Person, key?: string, changes: object = {}): Promise<Answer> =>
  person.ask(OPEN, { input: { ...leak, ...changes } }, key);

/** The same for everything in one process and for separate processes. */
export function describeTicketStory(peopleOfStory: () => People): void {
  describe('a repair ticket of resident Lin in 桂花苑', () => {
    it('goes from its opening over assignment, work, resolution and reopening to the rating', async () => {
      const { lin, wang, chen } = peopleOfStory();
      const opened = (await open(lin)).data.ticket;
      expect(opened).toMatchObject({ status: 'OPEN', openedBy: 'lin', location: { building: '3号楼' } });
      const { id } = opened;
      const after = async (person: Person, mutation: string): Promise<unknown> =>
        (await person.ask(mutation, { id })).data.ticket;
      expect(await after(wang, ASSIGN)).toMatchObject({ status: 'ASSIGNED', assigneeId: 'chen' });
      expect(await after(chen, START)).toMatchObject({ status: 'IN_PROGRESS' });
      expect(await after(chen, RESOLVE)).toMatchObject({ status: 'RESOLVED', resolution: '已更换水管' });
      expect(await chen.ask(RESOLVE, { id })).toMatchObject({
        status: 200,
        codes: ['TICKET_ALREADY_RESOLVED'],
      });
      expect(await after(lin, REOPEN)).toMatchObject({ status: 'OPEN', resolution: null });
      expect(await after(chen, RESOLVE)).toMatchObject({ status: 'RESOLVED' });
      expect(await after(lin, RATE)).toMatchObject({ status: 'CLOSED', stars: 5 });

      const { history } = (await wang.ask(READ, { id })).data.ticket;
      expect(history).toEqual([
        { type: 'TicketOpened', at: expect.any(String), by: 'lin', note: null },
        { type: 'TicketAssigned', at: expect.any(String), by: 'wang', note: 'chen' },
        { type: 'TicketStarted', at: expect.any(String), by: 'chen', note: null },
        { type: 'TicketResolved', at: expect.any(String), by: 'chen', note: '已更换水管' },
        { type: 'TicketReopened', at: expect.any(String), by: 'lin', note: '又漏了' },
        { type: 'TicketResolved', at: expect.any(String), by: 'chen', note: '已更换水管' },
        { type: 'TicketRated', at: expect.any(String), by: 'lin', note: '谢谢' },
      ]);
      const times = history.map(({ at }: { at: string }) => at);
      expect(times).toEqual([...times].sort());
    });

    it('is opened once, however often the request with its key comes', async () => {
      const { lin, wang } = peopleOfStory();
      const first = await open(lin, 'leak-1');
      const { id } = first.data.ticket;
      await wang.ask(ASSIGN, { id });
      const again = await Promise.all([open(lin, 'leak-1'), open(lin, 'leak-1')]);
      for (const answer of again) expect(answer).toEqual(first);
      expect(await open(lin, 'leak-1', { title: '卧室水管漏水' })).toMatchObject({
        data: null,
        codes: ['IDEMPOTENCY_KEY_REUSED'],
      });
      expect((await open(wang, 'leak-1')).data.ticket.id).not.toBe(id);
    });

    it('is one ticket, though its first requests come at the same moment', async () => {
      const { lin } = peopleOfStory();
      const answers = await Promise.all(Array.from({ length: 8 }, () => open(lin, 'leak-2')));
      expect(new Set(answers.map(({ data }) => data.ticket.id)).size).toBe(1);
    });

    it('is refused with everything that is wrong with it, at once', async () => {
      const { lin } = peopleOfStory();
      const wrong = {
        title: ' ',
        category: 'x'.repeat(101),
        anonymous: true,
        location: { point: { latitude: 91, longitude: 0 } },
      };
      const { data, codes, errors } = await open(lin, undefined, wrong);
      expect({ data, codes }).toEqual({ data: null, codes: ['BAD_USER_INPUT'] });
      const problems = errors![0].extensions.problems as { path: string; rule: string; message: string }[];
      expect(problems.map(({ path }) => path).sort()).toEqual([
        'anonymous',
        'category',
        'location.point.latitude',
        'title',
      ]);
      expect(problems.every(({ message }) => message.length > 0)).toBe(true);
    });

    it('is not found where there is none of that id, in reading as in changing', async () => {
      const { chen, wang } = peopleOfStory();
      expect(await wang.ask(READ, { id: 'nowhere' })).toMatchObject({
        data: { ticket: null },
        codes: ['NOT_FOUND'],
      });
      expect(await chen.ask(START, { id: 'nowhere' })).toMatchObject({ data: null, codes: ['NOT_FOUND'] });
    });

    it('is nothing that a resident assigns', async () => {
      const { lin } = peopleOfStory();
      const { id } = (await open(lin)).data.ticket;
      expect(await lin.ask(ASSIGN, { id })).toMatchObject({ data: null, codes: ['FORBIDDEN'] });
    });

    it('stands in the list of the community, newest first, each number once', async () => {
      const { lin, wang } = peopleOfStory();
      const { id } = (await open(lin, undefined, { category: '电梯' })).data.ticket;
      const { data } = await wang.ask('{ tickets(first: 100) { totalCount nodes { id number category } } }');
      expect(data.tickets.nodes[0]).toMatchObject({ id, category: '电梯' });
      const numbers = data.tickets.nodes.map(({ number }: { number: number }) => number);
      expect(new Set(numbers).size).toBe(data.tickets.totalCount);
    });
  });
}
