/** Over a double on real gRPC; and over a real server where KURRENTDB_URL names one, in streams that no other run uses. */
import { afterAll, beforeAll } from '@jest/globals';
import { describeEventLog, KurrentDouble } from '@weinao/testing';
import { openKurrentLog } from './kurrent.log.opener.ts';

let double: KurrentDouble;

beforeAll(async () => {
  double = await KurrentDouble.start();
});

afterAll(() => double.stop());

describeEventLog('KurrentDB (double)', () => Promise.resolve(openKurrentLog(double.url)));

const { KURRENTDB_URL } = process.env;
if (KURRENTDB_URL)
  describeEventLog('KurrentDB (server)', () => Promise.resolve(openKurrentLog(KURRENTDB_URL)));
else process.stdout.write('KurrentDB: against the double only, KURRENTDB_URL is not set\n');
