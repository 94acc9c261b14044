/** What the system says of a connection that cannot be made or broke. */
const SYSTEM_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];

/**
 * SQLSTATE 08: connection exception; 53: no space, memory or connection left; 57P01 to 57P03: the server shuts down,
 * crashed, or is starting.
 */
const SERVER_CODES = /^(08|53|57P0[123])/;

/** node-postgres has no code for a connection that ends under a query. */
const BROKEN = /^Connection terminated|^Client has encountered a connection error/;

/** Is this the database being away for a moment, rather than something wrong with the request or the program? */
export function isDatabaseOutage(error: Error & { code?: string }): boolean {
  const { code = '' } = error;
  return SYSTEM_CODES.includes(code) || SERVER_CODES.test(code) || BROKEN.test(error.message);
}
