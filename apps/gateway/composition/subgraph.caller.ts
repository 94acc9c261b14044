import { BusError } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN, wireSubjects } from '@weinao/plugins';
import type { CommunityDirectory, SubgraphReply, SubgraphRequest, SubgraphResult } from '@weinao/plugins';
import type { GatewayRequest } from './gateway-request.ts';

const DEADLINE_MS = 10_000;
const DIRECTORY_DEADLINE_MS = 2_000;

/** Asks a plugin's service to execute an operation. */
export class SubgraphCaller {
  constructor(
    private readonly bus: Bus,
    private readonly directory: CommunityDirectory,
    private readonly report: (message: string, error: unknown) => void,
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
      const subject = wireSubjects.subgraph(plugin);
      const reply = await this.bus.request(subject, JSON.stringify(message), { timeoutMs: DEADLINE_MS });
      const { result, position } = JSON.parse(reply) as SubgraphReply;
      if (position !== undefined && plugin === COMMUNITIES_PLUGIN) await this.catchUp(BigInt(position));
      return result;
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      return refused(plugin, error, (cause) => this.report(`${plugin} did not answer`, cause));
    }
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

const failure = (code: string, message: string, plugin: string): SubgraphResult => ({
  data: null,
  errors: [{ message, extensions: { code, plugin } }],
});
