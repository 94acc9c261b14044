import { expect } from '@jest/globals';
import type { Person } from './person.ts';
import { allTickets, openTicket } from './ticket.load.ts';
import type { TicketLoad, TicketOfLoad } from './ticket.load.ts';

/**
 * Whatever was answered is there, once; what was not, at most once; and to send all requests of the load again adds
 * those that had been lost, and changes nothing else.
 */
export async function expectAllOnce(
  person: Person,
  load: TicketLoad,
  ...earlier: readonly TicketLoad[]
): Promise<void> {
  const found = byTitle(await allTickets(person));
  const answered = [load, ...earlier].flatMap((any) => [...any.answered.values()]);
  expect(answered.filter(({ id, title }) => found.get(title)?.id !== id)).toEqual([]);

  await Promise.all(
    [...load.sent].map(async (key) => {
      const { data } = await openTicket(person, key);
      expect(data.openTicket).toEqual(load.answered.get(key) ?? found.get(key) ?? expect.anything());
    }),
  );
  const afterwards = byTitle(await allTickets(person));
  const sent = [load, ...earlier].flatMap((any) => [...any.sent]);
  expect([...afterwards.keys()].sort()).toEqual([...new Set(sent)].sort());
  const numbers = [...afterwards.values()].map(({ number }) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
}

function byTitle(tickets: readonly TicketOfLoad[]): Map<string, TicketOfLoad> {
  const map = new Map(tickets.map((ticket) => [ticket.title, ticket]));
  expect(tickets).toHaveLength(map.size);
  return map;
}
