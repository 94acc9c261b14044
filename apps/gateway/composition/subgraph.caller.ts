import { BusError } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN } from '@weinao/plugins';
import type { CommunityDirectory, SubgraphRequest, SubgraphResult } from '@weinao/plugins';
import type { GatewayRequest } from './gateway-request.ts';
import { QUEUE_LIMITS, QueueFull, SubgraphQueue } from './subgraph.queue.ts';

const DIRECTORY_DEADLINE_MS = 2_000;

/** In seconds: by then a plugin that keeps up has done what waited for it. */
const RETRY_AFTER = 2;

/** Asks a plugin's service to execute an operation. */
export class SubgraphCaller {
  private readonly queues = new Map<string, SubgraphQueue>();

  constructor(
    private readonly bus: Bus,
    private readonly directory: CommunityDirectory,
    private readonly report: (message: string, error: unknown) => void,
    private readonly limits = QUEUE_LIMITS,
  ) {}

  /**
   * @param place the root field that the operation is a part of, where it is not the whole: with it, mutations that go
   *   to one plugin one by one each keep an idempotency key of their own.
   */
  async call(
    plugin: string,
    query: string,
    variables: Readonly<Record<string, unknown>> | undefined,
    request: GatewayRequest,
    place?: string | number,
    operationName?: string | null,
  ): Promise<SubgraphResult> {
    const { idempotencyKey, shown, ...passedOn } = request;
    const message: SubgraphRequest = {
      ...passedOn,
      ...(shown?.plugin === plugin && { position: shown.position }),
      idempotencyKey: idempotencyKey && place !== undefined ? `${idempotencyKey} ${place}` : idempotencyKey,
      query,
      variables,
      operationName,
      directoryPosition: this.directory.position.toString(),
    };
    try {
      const { result, position } = await this.queueOf(plugin).ask(JSON.stringify(message));
      if (position !== undefined && plugin === COMMUNITIES_PLUGIN) await this.catchUp(BigInt(position));
      return result;
    } catch (error) {
      if (error instanceof QueueFull) return busy(plugin);
      if (!(error instanceof BusError)) throw error;
      return refused(plugin, error, (cause) => this.report(`${plugin} did not answer`, cause));
    }
  }

  private queueOf(plugin: string): SubgraphQueue {
    const known = this.queues.get(plugin);
    if (known) return known;
    const batches = (): boolean => this.directory.plugin(plugin)?.batches === true;
    const queue = new SubgraphQueue(plugin, this.bus, batches, this.limits);
    this.queues.set(plugin, queue);
    return queue;
  }

  /** What was enabled a moment ago is there for the next request of the same person. */
  private async catchUp(position: bigint): Promise<void> {
    await this.directory
      .reached(position, DIRECTORY_DEADLINE_MS)
      .catch((error: unknown) => this.report('The directory is behind', error));
  }
}

function refused(plugin: string, error: BusError, report: (error: BusError) => void): SubgraphResult {
  if (error.code === 'TOO_LARGE') {
    return failure('PAYLOAD_TOO_LARGE', `The request to ${plugin} is larger than a message may be.`, plugin);
  }
  report(error);
  const message = `The service of ${plugin} does not answer at the moment. Try again; with an Idempotency-Key a mutation is safe to repeat.`;
  return failure('PLUGIN_UNAVAILABLE', message, plugin);
}

function busy(plugin: string): SubgraphResult {
  const message = `Too many requests wait for ${plugin} already. Nothing was done; try again in ${RETRY_AFTER} s.`;
  return failure('PLUGIN_UNAVAILABLE', message, plugin, { retryAfter: RETRY_AFTER });
}

const failure = (code: string, message: string, plugin: string, more: object = {}): SubgraphResult => ({
  data: null,
  errors: [{ message, extensions: { code, plugin, ...more } }],
});
