import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLog } from '@weinao/testing';
import { postgresLogs } from './postgres.log.opener.ts';
import type { PostgresLogs } from './postgres.log.opener.ts';

let logs: PostgresLogs;

beforeAll(async () => {
  logs = await postgresLogs();
});

afterAll(() => logs.close());

describeEventLog('PostgreSQL', () => logs.open());
