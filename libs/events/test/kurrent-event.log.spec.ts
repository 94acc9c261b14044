/** Over a double on real gRPC; and over a real server where KURRENTDB_URL names one, in streams that no other run uses. */
import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLog, startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble } from '@weinao/testing';
import { emptyKurrentLog } from './kurrent.log.opener.ts';

let double: KurrentDouble;

beforeAll(async () => {
  double = await startKurrentDouble();
});

afterAll(() => double.stop());

describeEventLog('KurrentDB (double)', () => Promise.resolve(emptyKurrentLog(double.url)));

const { KURRENTDB_URL } = process.env;
if (KURRENTDB_URL)
  describeEventLog('KurrentDB (server)', () => Promise.resolve(emptyKurrentLog(KURRENTDB_URL)));
else process.stdout.write('KurrentDB: against the double only, KURRENTDB_URL is not set\n');
