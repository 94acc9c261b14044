import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpCall } from '@weinao/plugins';
import { whoAnswers } from './addresses.ts';
import type { FoundEdge, FoundFeed } from './addresses.ts';
import { ServerSentEvents } from './server-sent-events.ts';
import type { Gateway } from '../gateway.ts';
import { HttpError } from '../http/http-error.ts';
import type { JsonErrorFilter } from '../http/json-error.filter.ts';
import { passedOn } from '../http/passed-on.ts';

/** Of a body whose edge is not looked at yet; each edge says its own limit. */
const MOST_BODY_BYTES = 262_144;
const BEARER = /^Bearer +(\S+)$/i;
const EVENT_ID = /^[\x21-\x7e]{1,100}$/;

/** Everything below a community's address that the plugins there serve by plain HTTP. It takes bodies of any type. */
export async function edgeRoutes(
  application: FastifyInstance,
  gateway: Gateway,
  errors: JsonErrorFilter,
): Promise<void> {
  await application.register(async (edges) => {
    edges.removeAllContentTypeParsers();
    edges.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    edges.setErrorHandler((error: FastifyError, _request, reply) =>
      errors.answer(error.statusCode === 413 ? tooLarge(MOST_BODY_BYTES) : error, reply),
    );
    edges.route({
      method: ['GET', 'POST'],
      url: '/communities/:id/*',
      exposeHeadRoute: false,
      bodyLimit: MOST_BODY_BYTES,
      handler: (request, reply) => answer(gateway, request, reply),
    });
  });
}

const tooLarge = (bytes: number): HttpError =>
  new HttpError(413, 'PAYLOAD_TOO_LARGE', `The body is larger than ${bytes} bytes.`);

async function answer(gateway: Gateway, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { id, '*': path } = request.params as { id: string; '*': string };
  const community = gateway.communityOf(id);
  const found = whoAnswers(gateway.directory.plugins(), community, request.method, path);
  const { correlationId, idempotencyKey } = passedOn(request);
  const call: HttpCall = {
    communityId: id,
    params: found.params,
    query: queryOf(request),
    token: BEARER.exec(request.headers.authorization ?? '')?.[1] ?? null,
    correlationId,
    directoryPosition: gateway.directory.position.toString(),
  };
  void reply.header('x-request-id', correlationId);
  if ('feed' in found) await openFeed(gateway, found, call, request, reply);
  else await answerEdge(gateway, found, { ...call, idempotencyKey }, request, reply);
}

async function answerEdge(
  gateway: Gateway,
  { plugin, edge, mostBytes }: FoundEdge,
  call: HttpCall & { readonly idempotencyKey?: string },
  { headers, body: given }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const body = (given as string | undefined) ?? '';
  if (Buffer.byteLength(body) > mostBytes) throw tooLarge(mostBytes);
  const contentType = headers['content-type'] ?? null;
  const answered = await gateway.edges.answer(plugin, { ...call, edge, contentType, body });
  await reply
    .status(answered.status)
    .headers(answered.headers ?? {})
    .type(answered.contentType)
    .send(answered.body);
}

/** Refused as coded JSON; once it is open, the reply is the gateway's feeds' own. */
async function openFeed(
  gateway: Gateway,
  found: FoundFeed,
  call: HttpCall,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const given = headers['last-event-id'];
  const lastEventId = typeof given === 'string' && EVENT_ID.test(given) ? given : null;
  const outlet = new ServerSentEvents(reply, call.correlationId);
  const refusal = await gateway.feeds.connect(found, { ...call, lastEventId }, outlet);
  if (refusal) await reply.status(refusal.status).type(refusal.contentType).send(refusal.body);
}

/** Where a name comes more than once, the last one counts. */
function queryOf({ query }: FastifyRequest): Record<string, string> {
  const given = query as Record<string, string | string[]>;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value].flat().at(-1)!]));
}
