/** Over a double on real gRPC; and over a real server where KURRENTDB_URL names one, in streams that no other run uses. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeEventLog, startKurrentDouble } from '@weinao/testing';
import type { KurrentDouble } from '@weinao/testing';
import { emptyKurrentLog, kurrentDoubles } from './kurrent.log.opener.ts';

describe.each(kurrentDoubles)('the double, appended to by %s', (_name, options) => {
  let double: KurrentDouble;

  beforeAll(async () => {
    double = await startKurrentDouble(options);
  });

  afterAll(() => double.stop());

  describeEventLog('KurrentDB', () => Promise.resolve(emptyKurrentLog(double.url)));
});

const { KURRENTDB_URL } = process.env;
if (KURRENTDB_URL)
  describe('the server at KURRENTDB_URL', () => {
    describeEventLog('KurrentDB', () => Promise.resolve(emptyKurrentLog(KURRENTDB_URL)));
  });
else process.stdout.write('KurrentDB: against the double only, KURRENTDB_URL is not set\n');
