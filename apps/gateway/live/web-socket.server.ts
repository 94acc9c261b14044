import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { WebSocketConnection } from './web-socket.connection.ts';
import { Operations } from './web-socket.operations.ts';
import type { Member } from './web-socket.operations.ts';
import type { Gateway } from '../gateway.ts';
import { assertMember, expiryOf, viewerOf } from '../http/authentication.ts';
import { errorBody, HttpError } from '../http/http-error.ts';
import type { JsonErrorFilter } from '../http/json-error.filter.ts';

export interface WebSocketTimes {
  /** How long a connection may take to say who it is. */
  readonly initMs: number;
  /** How often each connection is asked whether it lives; until the next time it has answered. */
  readonly pingMs: number;
}

export const WEB_SOCKET_TIMES: WebSocketTimes = { initMs: 10_000, pingMs: 15_000 };

const MOST_MESSAGE_BYTES = 131_072;
const ADDRESS = /^\/communities\/([^/?#]+)\/graphql(?:\?|$)/;

/** Everything but a WebSocket is a plain request, whatever else it would rather speak. */
export const isWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/** GraphQL over WebSocket at the address of every other request of a community. */
export class LiveWebSockets {
  private readonly connections = new Set<WebSocketConnection>();
  private readonly server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MOST_MESSAGE_BYTES,
    handleProtocols,
  });
  private beats: NodeJS.Timeout | undefined;
  private isStopping = false;

  constructor(
    private readonly gateway: Gateway,
    private readonly errors: JsonErrorFilter,
    private readonly times: WebSocketTimes,
  ) {}

  start(http: Server): void {
    const invalid = { status: 400, code: 'BAD_REQUEST', message: 'This is no valid WebSocket handshake.' };
    this.server.on('wsClientError', (_error, socket) => refuse(socket, invalid));
    http.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
    this.beats = setInterval(() => {
      for (const connection of this.connections) connection.beat();
    }, this.times.pingMs);
  }

  /** Answers what came in, and closes every connection. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.beats);
    await Promise.all([...this.connections].map((connection) => connection.stop()));
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const broken = (): void => void socket.destroy();
    socket.on('error', broken);
    try {
      const communityId = this.communityAt(request);
      if (request.headers.authorization !== undefined) await this.memberBy(request, communityId);
      socket.removeListener('error', broken);
      this.server.handleUpgrade(request, socket, head, (open) => this.open(open, request, communityId));
    } catch (error) {
      refuse(socket, this.errors.describe(error));
    }
  }

  /** @throws HttpError for any address but a community's, and for who speaks another protocol */
  private communityAt({ url = '', headers }: IncomingMessage): string {
    if (this.isStopping) throw new HttpError(503, 'PLUGIN_UNAVAILABLE', 'The gateway stops. Connect again.');
    const id = ADDRESS.exec(url)?.[1];
    if (id === undefined) throw new HttpError(404, 'NOT_FOUND', 'There is no WebSocket at this address.');
    const community = this.gateway.communityOf(id);
    if (handleProtocols(headers['sec-websocket-protocol'] ?? '')) return community.id;
    const message = `A WebSocket here speaks ${GRAPHQL_TRANSPORT_WS_PROTOCOL}: name it as its subprotocol.`;
    throw new HttpError(400, 'BAD_REQUEST', message);
  }

  private open(socket: WebSocket, { headers }: IncomingMessage, communityId: string): void {
    const connection = new WebSocketConnection(socket, {
      operations: new Operations(this.gateway, communityId, this.errors),
      initMs: this.times.initMs,
      authenticate: (payload) => {
        const said = payload.authorization ?? payload.Authorization ?? headers.authorization;
        const authorization = said === undefined || typeof said === 'string' ? said : '';
        return this.memberBy({ headers: { authorization } }, communityId);
      },
      explain: (error) => this.errors.describe(error).message,
    });
    this.connections.add(connection);
    void connection.closed.then(() => this.connections.delete(connection));
  }

  /** @throws HttpError for who is none of this community */
  private async memberBy(asking: Parameters<typeof viewerOf>[0], communityId: string): Promise<Member> {
    const viewer = await viewerOf(asking, this.gateway.issuer);
    assertMember(viewer, communityId);
    return { viewer, until: expiryOf(asking) };
  }
}

function refuse(
  socket: Duplex,
  { status, code, message }: Pick<HttpError, 'status' | 'code' | 'message'>,
): void {
  const body = JSON.stringify(errorBody(code, message));
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}
