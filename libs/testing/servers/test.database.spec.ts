import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from './test.database.ts';
import { testDatabaseServer, testNatsUrl } from './test.servers.ts';

describe('a test database', () => {
  it('is empty, and another one each time', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    try {
      await one.pool.query('create table ticket (id text)');
      await expect(other.pool.query('select from ticket')).rejects.toMatchObject({ code: '42P01' });
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('is gone after it was closed, even where somebody is still connected', async () => {
    const database = await createTestDatabase();
    const stray = new pg.Client({ connectionString: database.url });
    const broken = new Promise((resolve) => stray.on('error', resolve));
    await stray.connect();
    await database.close();
    expect(await broken).toBeInstanceOf(Error);
    const late = new pg.Client({ connectionString: database.url });
    await expect(late.connect()).rejects.toMatchObject({ code: '3D000' });
  });
});

describe('without the servers of a test run', () => {
  const { WEINAO_TEST_DATABASE_URL: database, WEINAO_TEST_NATS_URL: nats } = process.env;

  afterEach(() => {
    process.env.WEINAO_TEST_DATABASE_URL = database;
    process.env.WEINAO_TEST_NATS_URL = nats;
  });

  it('a spec fails and says what to do, and never skips', async () => {
    delete process.env.WEINAO_TEST_DATABASE_URL;
    delete process.env.WEINAO_TEST_NATS_URL;
    expect(testDatabaseServer).toThrow('WEINAO_TEST_DATABASE_URL is not set: run the tests with npm test');
    expect(testNatsUrl).toThrow('WEINAO_TEST_NATS_URL is not set: run the tests with npm test');
    await expect(createTestDatabase()).rejects.toThrow('npm test');
  });
});
