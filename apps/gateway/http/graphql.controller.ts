import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { DirectoryEntry, Viewer } from '@weinao/plugins';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assertMember, viewerOf } from './authentication.ts';
import { HttpError } from './http-error.ts';
import { GATEWAY } from '../gateway.ts';
import type { Gateway } from '../gateway.ts';
import type { DoorServer } from '../composition/door.server.ts';
import type { GatewayRequest } from '../composition/gateway-request.ts';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const CORRELATION_ID = /^[\w.:-]{1,100}$/;
const NOT_KNOWN_YET = 'The communities are not known here yet; try again in a moment.';

@Controller()
export class GraphqlController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  @Post('graphql')
  async platform(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const viewer = await viewerOf(request, this.gateway.issuer);
    const door = await this.gateway.doors.ofPlatform();
    await answer(door, { ...passedOn(request, viewer), door: 'platform', communityId: null }, request, reply);
  }

  @Post('communities/:id/graphql')
  async community(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const community = this.communityOf(id);
    const viewer = await viewerOf(request, this.gateway.issuer);
    assertMember(viewer, id);
    const door = await this.gateway.doors.ofCommunity(community);
    await answer(door, { ...passedOn(request, viewer), door: 'community', communityId: id }, request, reply);
  }

  /** For code generators. A schema holds nothing of a community but which plugins it has, so it needs no token. */
  @Get('communities/:id/schema.graphql')
  async schema(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { supergraph } = await this.gateway.doors.ofCommunity(this.communityOf(id));
    await reply.type('application/graphql; charset=utf-8').send(`${supergraph.sdl.trim()}\n`);
  }

  private communityOf(id: string): DirectoryEntry {
    const community = this.gateway.directory.community(id);
    if (!this.gateway.isDirectoryKnown) throw new HttpError(503, 'PLUGIN_UNAVAILABLE', NOT_KNOWN_YET);
    if (community) return community;
    throw new HttpError(404, 'NOT_FOUND', 'There is no such community.');
  }
}

function passedOn(
  { headers }: FastifyRequest,
  viewer: Viewer,
): Pick<GatewayRequest, 'viewer' | 'correlationId' | 'idempotencyKey'> {
  const idempotencyKey = headers['idempotency-key'];
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(String(idempotencyKey))) {
    throw new HttpError(400, 'BAD_USER_INPUT', 'An Idempotency-Key has 1 to 200 visible ASCII characters.');
  }
  const given = String(headers['x-request-id'] ?? '');
  const correlationId = CORRELATION_ID.test(given) ? given : randomUUID();
  return { viewer, correlationId, idempotencyKey: idempotencyKey as string | undefined };
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
