import { directoryHead } from './harness.viewer.ts';
import { OSMANTHUS_COURT } from './people.ts';
import type { PluginHarness } from './plugin.harness.ts';
import type { LookedInto } from '../answers/looked-into.ts';
import { edgeSubjects } from '@weinao/plugins';
import type { EdgeCall, EdgeReply, FeedCall, FeedOpened, HttpCall, PathParams } from '@weinao/plugins';

const DEADLINE_MS = 20_000;

/** A machine with a token, or without one, at the plugin's edges and feeds. */
export class HarnessMachine {
  constructor(
    private readonly harness: PluginHarness,
    private readonly token: string | null,
    private readonly communityId: string = OSMANTHUS_COURT,
  ) {}

  /** @param edge method and path as the plugin defines them, such as `POST devices/:device/readings` */
  async call(
    edge: string,
    params: PathParams,
    sent: Partial<Pick<EdgeCall, 'body' | 'contentType' | 'query' | 'idempotencyKey'>> = {},
  ): Promise<{ readonly status: number; readonly json: LookedInto }> {
    const request = {
      ...(await this.asked(params)),
      edge,
      contentType: 'application/json',
      body: '',
      ...sent,
    };
    const { status, body } = await this.ask<EdgeReply>(edgeSubjects.edge(this.plugin), request);
    const json: unknown = JSON.parse(body);
    return { status, json };
  }

  /** @param feed its path as the plugin defines it */
  async connect(feed: string, params: PathParams, lastEventId: string | null = null): Promise<FeedOpened> {
    const request: FeedCall = { ...(await this.asked(params)), feed, lastEventId, position: '0' };
    return this.ask(edgeSubjects.open(this.plugin), request);
  }

  private get plugin(): string {
    return this.harness.plugin.manifest.id;
  }

  private async asked(params: PathParams): Promise<HttpCall> {
    const { token, communityId } = this;
    const directoryPosition = await directoryHead(this.harness.bus);
    return {
      communityId,
      params,
      query: {},
      token,
      correlationId: 'correlation of a machine',
      directoryPosition,
    };
  }

  private async ask<Reply>(subject: string, request: object): Promise<Reply> {
    const { bus } = this.harness;
    return JSON.parse(
      await bus.request(subject, JSON.stringify(request), { timeoutMs: DEADLINE_MS }),
    ) as Reply;
  }
}
