import { startNatsServer, startPostgres } from '@weinao/embedded';

export interface TestServers {
  readonly environment: Record<string, string>;
  /** For people: which servers the tests ran on. */
  readonly description: string;
  stop(): Promise<void>;
}

/** One PostgreSQL and one nats-server for a whole run; specs keep apart by schemas, communities and subjects. */
export async function startTestServers(directory: string): Promise<TestServers> {
  const [postgres, nats] = await Promise.allSettled([
    startPostgres({ directory, settings: { fsync: 'off', max_connections: '300' } }),
    startNatsServer({ jetStream: true }),
  ]);
  const stop = async (): Promise<void> => {
    const servers = [postgres, nats].flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    await Promise.all(servers.map((server) => server.stop()));
  };
  if (postgres.status === 'rejected' || nats.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (nats as PromiseRejectedResult).reason;
  }
  return {
    environment: { WEINAO_TEST_DATABASE_URL: postgres.value.url, WEINAO_TEST_NATS_URL: nats.value.url },
    description: `PostgreSQL ${postgres.value.version} and nats-server ${nats.value.version}`,
    stop,
  };
}
