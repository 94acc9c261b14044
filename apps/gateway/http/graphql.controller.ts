import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertMember, expiryOf, viewerOf } from './authentication.ts';
import { HttpError } from './http-error.ts';
import { passedOn } from './passed-on.ts';
import { GATEWAY } from '../gateway.ts';
import type { Gateway } from '../gateway.ts';
import type { DoorServer } from '../composition/door.server.ts';
import { ServerSentEvents } from '../edges/server-sent-events.ts';
import { EventStreamOutlet } from '../live/event-stream.outlet.ts';
import { positionIn } from '../live/last-event-id.ts';
import { subscriptionIn } from '../live/subscription.ts';
import type { GatewayRequest } from '../composition/gateway-request.ts';

@Controller()
export class GraphqlController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Post('graphql')
  async platform(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const viewer = await viewerOf(request, this.gateway.issuer);
    const door = await this.gateway.doors.ofPlatform();
    await answer(door, { ...passedOn(request), viewer, door: 'platform', communityId: null }, request, reply);
  }

  @Post('communities/:id/graphql')
  async community(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const community = this.gateway.communityOf(id);
    const viewer = await viewerOf(request, this.gateway.issuer);
    assertMember(viewer, id);
    const subscription = subscriptionIn(request.body ?? {});
    if (subscription) {
      assertListens(request);
      const events = new ServerSentEvents(reply, passedOn(request).correlationId);
      const outlet = new EventStreamOutlet(events, expiryOf(request));
      const after = positionIn(request.headers['last-event-id']);
      return this.gateway.live.subscribe(subscription, { viewer, after, outlet }, community);
    }
    const door = await this.gateway.doors.ofCommunity(community);
    await answer(door, { ...passedOn(request), viewer, door: 'community', communityId: id }, request, reply);
  }

  /** For code generators. A schema holds nothing of a community but which plugins it has, so it needs no token. */
  @Get('communities/:id/schema.graphql')
  async schema(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { supergraph } = await this.gateway.doors.ofCommunity(this.gateway.communityOf(id));
    await reply.type('application/graphql; charset=utf-8').send(`${supergraph.sdl.trim()}\n`);
  }
}

function assertListens({ headers }: FastifyRequest): void {
  if ((headers.accept ?? '').includes('text/event-stream')) return;
  const message = 'A subscription is answered as server-sent events: ask with Accept: text/event-stream.';
  throw new HttpError(406, 'NOT_ACCEPTABLE', message);
}

async function answer(
  door: DoorServer,
  graphql: GatewayRequest,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { status, headers, body } = await door.answer(
    request.body,
    request.headers['content-type'] ?? '',
    graphql,
  );
  for (const [name, value] of headers) void reply.header(name, value);
  await reply
    .status(status ?? 200)
    .header('x-request-id', graphql.correlationId)
    .send(body);
}
