import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN, wireSubjects } from '@weinao/plugins';
import type { Door, SubgraphReply, SubgraphRequest, SubgraphResult, Viewer } from '@weinao/plugins';
import type { LookedInto } from '../answers/looked-into.ts';

export type Variables = Readonly<Record<string, unknown>>;

export interface ExecuteOptions {
  readonly idempotencyKey?: string;
}

/** An operation that somebody asked for. */
export interface AskedOperation {
  readonly door: Door;
  readonly viewer: Viewer;
  readonly query: string;
  readonly variables: Variables | undefined;
}

const DEADLINE_MS = 20_000;

/** Somebody at one of the plugin's doors. */
export class HarnessViewer {
  constructor(
    private readonly bus: Bus,
    private readonly plugin: string,
    private readonly door: Door,
    private readonly viewer: Viewer,
    private readonly note: (asked: AskedOperation) => void,
  ) {}

  /** What the gateway would get: data, errors or both. */
  async execute(query: string, variables?: Variables, options: ExecuteOptions = {}): Promise<SubgraphResult> {
    this.note({ door: this.door, viewer: this.viewer, query, variables });
    const request: SubgraphRequest = {
      door: this.door,
      communityId: this.door === 'platform' ? null : this.viewer.communityId,
      query,
      variables,
      viewer: this.viewer,
      correlationId: `correlation of ${this.viewer.id}`,
      idempotencyKey: options.idempotencyKey,
      directoryPosition: await directoryHead(this.bus),
    };
    const subject = wireSubjects.subgraph(this.plugin);
    const reply = await this.bus.request(subject, JSON.stringify(request), { timeoutMs: DEADLINE_MS });
    return (JSON.parse(reply) as SubgraphReply).result;
  }

  /** The data of an operation that must succeed. @throws Error with what went wrong */
  async data(query: string, variables?: Variables, options?: ExecuteOptions): Promise<LookedInto> {
    const { data, errors } = await this.execute(query, variables, options);
    if (errors) throw new Error(`${this.viewer.id} was refused: ${JSON.stringify(errors, undefined, 2)}`);
    return data;
  }

  /** The code of an operation that must be refused. @throws Error where it was not */
  async refusal(query: string, variables?: Variables, options?: ExecuteOptions): Promise<unknown> {
    const { data, errors } = await this.execute(query, variables, options);
    const code = errors?.[0]?.extensions?.code;
    if (code === undefined) throw new Error(`${this.viewer.id} was not refused: ${JSON.stringify(data)}`);
    return code;
  }
}

/** As the gateway does, a request names how far the directory must be known. */
export async function directoryHead(bus: Bus): Promise<string> {
  const page = await bus.request(
    `log.${COMMUNITIES_PLUGIN}.read`,
    JSON.stringify({ after: String(Number.MAX_SAFE_INTEGER) }),
    { timeoutMs: DEADLINE_MS },
  );
  return (JSON.parse(page) as { head: string }).head;
}
