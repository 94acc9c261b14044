import { startPostgres } from '@weinao/embedded';
import { connectNats, EventStreamKeeper, InProcessBus } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { LocalIssuer, startGateway } from '@weinao/gateway';
import type { RunningGateway } from '@weinao/gateway';
import { openServiceClock, startService, unlessAborted } from '@weinao/plugins';
import type { Plugin, RunningService, Stoppable } from '@weinao/plugins';
import { assertPluginSet } from './plugin-set.ts';

export interface StandaloneOptions {
  readonly plugins: readonly Plugin[];
  readonly directory: string;
  readonly port: number;
  readonly host: string;
  /** Without one, an embedded PostgreSQL in the directory. */
  readonly databaseUrl?: string;
  /** Of KurrentDB, for the logs; without one they are in the database. */
  readonly kurrentUrl?: string;
  /** Without one, an in-process bus. */
  readonly natsUrl?: string;
  /** How long a stream on the NATS server keeps events for integrators, 0 for ever; without it, there is none. */
  readonly eventStreamDays?: number;
  report(message: string, error?: unknown): void;
  /** Told what is being started. */
  progress(step: string): void;
  /** Once aborted, the start is given up and what was started is stopped. */
  readonly stopping: AbortSignal;
}

export interface Standalone extends Stoppable {
  readonly url: string;
  readonly issuer: LocalIssuer;
  readonly database: string;
  readonly log: string;
  readonly bus: string;
}

/**
 * Everything in one process. A start that fails half-way takes down what was up.
 *
 * @throws StartupError where the plugins do not go together
 */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  assertPluginSet(options.plugins);
  const started = new AsyncDisposableStack();
  try {
    return await start(options, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

async function start(options: StandaloneOptions, started: AsyncDisposableStack): Promise<Standalone> {
  const { plugins, port, host, report, progress, stopping } = options;
  const database = await openDatabase(options, started);
  stopping.throwIfAborted();
  const bus = await openBus(options, started);
  stopping.throwIfAborted();
  const { close, ...time } = await openServiceClock(database.url);
  started.defer(close);
  const issuer = await LocalIssuer.open(options.directory);
  const gateway = await startGateway({ bus: bus.bus, issuer, port, host, report });
  started.defer(() => gateway.stop());
  const services: RunningService[] = [];
  for (const plugin of plugins) {
    stopping.throwIfAborted();
    progress(`Starting ${plugin.manifest.id} …`);
    const service = await startService(plugin, {
      databaseUrl: database.url,
      kurrentUrl: options.kurrentUrl,
      bus: bus.bus,
      ...time,
      report,
    });
    started.defer(() => service.stop());
    services.push(service);
  }
  await unlessAborted(Promise.all(services.map(({ announced }) => announced)), stopping);
  await untilReady(gateway, stopping);
  const stack = started.move();
  return {
    url: gateway.url,
    issuer,
    database: database.name,
    log: options.kurrentUrl ? 'KURRENTDB_URL' : 'in the database',
    bus: bus.name,
    stop: () => stack.disposeAsync(),
  };
}

async function openDatabase(
  { databaseUrl, directory, report, progress, stopping }: StandaloneOptions,
  started: AsyncDisposableStack,
): Promise<{ url: string; name: string }> {
  if (databaseUrl) return { url: databaseUrl, name: 'DATABASE_URL' };
  progress('Starting the embedded PostgreSQL …');
  const postgres = await startPostgres({
    directory,
    settings: { max_connections: '200' },
    onMessage: report,
    signal: stopping,
  });
  started.defer(() => postgres.stop());
  return { url: postgres.url, name: `embedded PostgreSQL ${postgres.version}, ${directory}` };
}

async function openBus(
  { natsUrl, eventStreamDays, report }: StandaloneOptions,
  started: AsyncDisposableStack,
): Promise<{ bus: Bus; name: string }> {
  if (!natsUrl) {
    const bus = new InProcessBus(report);
    started.defer(() => bus.close());
    return { bus, name: 'in this process' };
  }
  const bus = await connectNats({ url: natsUrl, name: 'weinao', report });
  started.defer(() => bus.close());
  if (eventStreamDays !== undefined) {
    const stream = new EventStreamKeeper({ bus, maxAgeDays: eventStreamDays, report });
    stream.start();
    started.defer(() => stream.stop());
  }
  return { bus, name: 'NATS_URL' };
}

async function untilReady(gateway: RunningGateway, stopping: AbortSignal): Promise<void> {
  while (!(await gateway.isReady())) {
    stopping.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
