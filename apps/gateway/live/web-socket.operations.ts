import type { Viewer } from '@weinao/plugins';
import type { SubscribePayload } from 'graphql-ws';
import { positionIn } from './last-event-id.ts';
import { subscriptionIn } from './subscription.ts';
import type { WebSocketOutlet } from './web-socket.outlet.ts';
import type { Gateway } from '../gateway.ts';
import type { JsonErrorFilter } from '../http/json-error.filter.ts';
import { passedOn } from '../http/passed-on.ts';

export interface Member {
  readonly viewer: Viewer;
  /** When the token ends, in milliseconds since 1970. */
  readonly until: number;
}

/** What a member asks of one community over a WebSocket: the same as over HTTP. */
export class Operations {
  constructor(
    private readonly gateway: Gateway,
    private readonly communityId: string,
    private readonly errors: JsonErrorFilter,
  ) {}

  /** Resolves once it is answered, or the subscription is open; whatever goes wrong, the outlet is told. */
  async run(payload: SubscribePayload, { viewer }: Member, outlet: WebSocketOutlet): Promise<void> {
    try {
      const community = this.gateway.communityOf(this.communityId);
      const subscription = subscriptionIn(payload);
      if (!subscription) return await this.answer(payload, viewer, outlet);
      const after = positionIn(payload.extensions?.lastEventId);
      await this.gateway.live.subscribe(subscription, { viewer, after, outlet }, community);
    } catch (error) {
      const { code, message } = this.errors.describe(error);
      outlet.refuse(code, message);
    }
  }

  private async answer(payload: SubscribePayload, viewer: Viewer, outlet: WebSocketOutlet): Promise<void> {
    const { query, operationName, variables, extensions } = payload;
    const named = typeof operationName === 'string' ? { operationName } : {};
    const asked = { query, variables: variables ?? {}, ...named };
    const headers = { 'idempotency-key': extensions?.idempotencyKey as string | undefined };
    const { communityId } = this;
    const door = await this.gateway.doors.ofCommunity(this.gateway.communityOf(communityId));
    const request = { ...passedOn({ headers }), viewer, door: 'community', communityId } as const;
    const { status, body } = await door.answer(asked, 'application/json', request);
    if (status !== undefined && status >= 400)
      return outlet.fail(JSON.stringify((JSON.parse(body) as { errors: object }).errors));
    outlet.next(body.trim());
    outlet.complete();
  }
}
