import { CloseCode, MessageType, parseMessage } from 'graphql-ws';
import type { SubscribeMessage } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { atExpiry } from './expiry.ts';
import type { Operations } from './web-socket.operations.ts';
import type { Member } from './web-socket.operations.ts';
import { WebSocketOutlet } from './web-socket.outlet.ts';
import type { WebSocketPeer } from './web-socket.outlet.ts';

/** A reader that is so far behind is cut; it comes back with the ids that came last. */
const MOST_UNSENT_BYTES = 1_048_576;
const MOST_OPERATIONS = 100;
const MOST_ID_CHARACTERS = 100;
/** Of a close frame's reason, which may have 123 bytes. */
const MOST_REASON_CHARACTERS = 120;
const GOING_AWAY = 1001;
const GOODBYE_MS = 1_000;

export interface WebSocketConnectionOptions {
  readonly operations: Operations;
  /** How long it may take to say who it is. */
  readonly initMs: number;
  /** Who asks. @throws Error */
  authenticate(payload: Readonly<Record<string, unknown>>): Promise<Member>;
  /** What may be said of an error. */
  explain(error: unknown): string;
}

/** The server's side of graphql-transport-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export class WebSocketConnection implements WebSocketPeer {
  private readonly outlets = new Map<string, WebSocketOutlet>();
  private readonly running = new Set<Promise<void>>();
  private readonly initTimeout: NodeJS.Timeout;
  /** Resolves when it has ended, however. */
  readonly closed: Promise<void>;
  private initialised = false;
  private member: Member | undefined;
  private cancelExpiry: () => void = () => undefined;
  private isAlive = true;
  private isLeaving = false;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: WebSocketConnectionOptions,
  ) {
    const late = (): void => this.close(CloseCode.ConnectionInitialisationTimeout, 'No connection_init came');
    this.initTimeout = setTimeout(() => this.initialised || late(), options.initMs);
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('pong', () => (this.isAlive = true));
    socket.on('error', () => undefined); // ws closes it with the right code
    this.closed = new Promise((resolve) => socket.once('close', resolve)).then(() => this.leave());
  }

  send(text: string): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_UNSENT_BYTES) socket.terminate();
    else socket.send(text);
  }

  forget(outlet: WebSocketOutlet): void {
    if (this.outlets.get(outlet.id) === outlet) this.outlets.delete(outlet.id);
  }

  /** Who has not answered since the last time is gone. */
  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** Answers what came in, takes no more, and closes; who does not answer to that is cut. */
  async stop(): Promise<void> {
    this.isLeaving = true;
    await Promise.all(this.running);
    this.close(GOING_AWAY, 'The gateway stops');
    const cut = setTimeout(() => this.socket.terminate(), GOODBYE_MS);
    await this.closed;
    clearTimeout(cut);
  }

  private receive(data: RawData, isBinary: boolean): void {
    try {
      if (isBinary) throw new Error('The protocol knows text only');
      this.take(parseMessage((data as Buffer).toString()));
    } catch {
      this.close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  /** @throws Error for what only a server says */
  private take(message: ReturnType<typeof parseMessage>): void {
    switch (message.type) {
      case MessageType.ConnectionInit:
        if (this.initialised)
          return this.close(CloseCode.TooManyInitialisationRequests, 'Too many initialisation requests');
        this.initialised = true;
        return void this.initialise(message.payload ?? {});
      case MessageType.Ping:
        return this.send(JSON.stringify({ type: MessageType.Pong, payload: message.payload }));
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.subscribe(message);
      case MessageType.Complete:
        return this.outlets.get(message.id)?.close();
      default:
        throw new Error(`A client does not say ${message.type}`);
    }
  }

  private async initialise(payload: Readonly<Record<string, unknown>>): Promise<void> {
    try {
      const member = await this.options.authenticate(payload);
      const expired = (): void => this.close(CloseCode.Forbidden, 'The token has expired');
      this.cancelExpiry = atExpiry(member.until, expired);
      this.member = member;
      this.send(JSON.stringify({ type: MessageType.ConnectionAck }));
    } catch (error) {
      this.close(CloseCode.Forbidden, this.options.explain(error));
    }
    if (this.socket.readyState !== this.socket.OPEN) this.cancelExpiry();
  }

  private subscribe({ id, payload }: SubscribeMessage): void {
    if (!this.member) return this.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.outlets.has(id))
      return this.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    if (id.length > MOST_ID_CHARACTERS) return this.close(CloseCode.BadRequest, 'The id is too long');
    const outlet = new WebSocketOutlet(id, this);
    if (Math.max(this.outlets.size, this.running.size) >= MOST_OPERATIONS)
      return outlet.refuse(
        'RATE_LIMITED',
        `A connection has no more than ${MOST_OPERATIONS} operations open.`,
      );
    if (this.isLeaving) return outlet.refuse('PLUGIN_UNAVAILABLE', 'The gateway stops. Connect again.');
    this.outlets.set(id, outlet);
    const run = this.options.operations.run(payload, this.member, outlet);
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  private close(code: number, reason: string): void {
    this.socket.close(code, reason.slice(0, MOST_REASON_CHARACTERS));
  }

  private leave(): void {
    clearTimeout(this.initTimeout);
    this.cancelExpiry();
    for (const outlet of this.outlets.values()) outlet.close();
  }
}
