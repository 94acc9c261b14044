import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKernelSchema } from '@weinao/events';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { ProcessFixture } from './process.fixture.ts';

const fixture = new ProcessFixture();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createKernelSchema(database.pool, 'tickets');
  await database.pool.query(`
    insert into tickets.effects (name, community, key, event_id, kind, payload, state, tries, next_try, error) values
      ('sms', 'osmanthus-court', 'to-lin', gen_random_uuid(), 'sms', '{"to":"lin"}', 'dead', 8, '2026-03-02T08:00:00Z', 'no such number'),
      ('sms', 'osmanthus-court', 'to-wang', gen_random_uuid(), 'sms', '{"to":"wang"}', 'dead', 8, '2026-03-02T09:00:00Z', 'busy'),
      ('sms', 'osmanthus-court', 'to-chen', gen_random_uuid(), 'sms', '{"to":"chen"}', 'pending', 1, '2026-03-02T10:00:00Z', 'busy')`);
});

afterAll(async () => {
  await fixture.cleanUp();
  await database.close();
});

async function effects(...args: string[]): Promise<{ code: unknown; output: string; errors: string }> {
  const started = fixture.start('apps/standalone/bin/weinao.mjs', { DATABASE_URL: database.url }, [
    'effects',
    ...args,
  ]);
  const code = await started.ended;
  return { code, output: started.output, errors: started.errors };
}

describe('weinao effects', () => {
  it('lists what became of them, for people and for programs', async () => {
    expect(await effects('list')).toEqual({
      code: 0,
      output:
        'dead  tickets sms sms  osmanthus-court  to-lin  8 tries: no such number\n' +
        'dead  tickets sms sms  osmanthus-court  to-wang  8 tries: busy\n' +
        'pending  tickets sms sms  osmanthus-court  to-chen  1 tries, next 2026-03-02T10:00:00.000Z: busy\n',
      errors: '',
    });
    const { output } = await effects('list', 'tickets', '--state', 'pending', '--json');
    expect(JSON.parse(output)).toMatchObject({ plugin: 'tickets', key: 'to-chen', payload: { to: 'chen' } });
    expect((await effects('list', 'communities')).output).toBe('');
  });

  it('tries dead ones again', async () => {
    const { output, errors } = await effects('retry', 'tickets', '--key', 'to-lin', '--json');
    expect(JSON.parse(output)).toMatchObject({ key: 'to-lin' });
    expect(errors).toBe('1 dead effects are tried again.\n');
    expect((await effects('retry')).errors).toBe('1 dead effects are tried again.\n');
    const { rows } = await database.pool.query(
      `select state, tries from tickets.effects where key <> 'to-chen'`,
    );
    expect(rows).toEqual(Array(2).fill({ state: 'pending', tries: 0 }));
  });

  it('says in a sentence that there is no such plugin', async () => {
    const { code, errors } = await effects('list', 'wishes');
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(
        /^There is no plugin wishes here; choose from communities, tickets, .*\n$/,
      ),
    });
  });
});
