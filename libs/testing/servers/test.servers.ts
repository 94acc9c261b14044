function variable(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run the tests with npm test, which brings up the servers they need`);
  return value;
}

/** A real PostgreSQL server, for as long as the tests run. */
export const testDatabaseServer = (): string => variable('WEINAO_TEST_DATABASE_URL');

/** A real NATS server, which all tests share: use subjects of your own. */
export const testNatsUrl = (): string => variable('WEINAO_TEST_NATS_URL');
