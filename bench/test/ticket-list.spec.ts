import { describe, expect, it } from '@jest/globals';
import { testDatabaseServer, testNatsUrl } from '@weinao/testing';
import { KernelStore } from '../contenders/kernel.store.ts';
import { rebuildTicketList } from '../contenders/rebuilder.ts';
import { fillWithTickets } from '../contenders/ticket.log.ts';
import { ticketTable } from '../contenders/ticket-list.projection.ts';
import { Ground } from '../frame/ground.ts';

describe('the list of tickets that the bench keeps', () => {
  it('is the same by fold and by SQL', async () => {
    const cleanup = new AsyncDisposableStack();
    try {
      const url = await new Ground(testDatabaseServer(), testNatsUrl(), 1).database(cleanup);
      const { log, pool } = await KernelStore.open(url, 'tickets', cleanup);
      await pool.query(ticketTable('tickets'));
      await fillWithTickets(log, 100, async () => undefined);
      const rows = async (by: 'fold' | 'sql'): Promise<unknown[]> => {
        await rebuildTicketList(pool, 'tickets', log, by);
        return (await pool.query<object>('select * from tickets.ticket order by stream')).rows;
      };
      const folded = await rows('fold');
      expect(folded).toHaveLength(5);
      expect(folded[0]).toMatchObject({
        status: 'RESOLVED',
        worker: 'worker-13',
        notes: 15,
        category: 'lift',
      });
      expect(await rows('sql')).toEqual(folded);
    } finally {
      await cleanup.disposeAsync();
    }
  });
});
