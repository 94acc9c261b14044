import type { LiveMessage } from './live.message.ts';
import type { LiveOutlet } from './live.outlet.ts';

export interface WebSocketPeer {
  /** Whatever is sent after the connection's end goes nowhere. */
  send(text: string): void;
  /** The id is free again. */
  forget(outlet: WebSocketOutlet): void;
}

/** One operation of a connection: a subscription, or something that is answered once. */
export class WebSocketOutlet implements LiveOutlet {
  private closed = false;
  private readonly listeners: (() => void)[] = [];
  private readonly idAsJson: string;

  constructor(
    readonly id: string,
    private readonly peer: WebSocketPeer,
  ) {
    this.idAsJson = JSON.stringify(id);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  onClose(listener: () => void): void {
    this.listeners.push(listener);
  }

  open(): void {
    // the protocol has no word for it
  }

  beat(): void {
    // the connection has its own
  }

  hear({ payload }: LiveMessage): void {
    this.next(payload);
  }

  /** @param payload a GraphQL result as JSON: the same text goes to everybody, only the id is each one's own */
  next(payload: string): void {
    this.send('next', payload);
  }

  complete(): void {
    if (!this.closed) this.peer.send(`{"id":${this.idAsJson},"type":"complete"}`);
    this.close();
  }

  /** @param errors as JSON */
  fail(errors: string): void {
    this.send('error', errors);
    this.close();
  }

  refuse(code: string, message: string): void {
    this.fail(JSON.stringify([{ message, extensions: { code } }]));
  }

  breakOff(): void {
    this.refuse(
      'PLUGIN_UNAVAILABLE',
      'It cannot go on at the moment: subscribe again with the id that came last.',
    );
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.peer.forget(this);
    for (const listener of this.listeners) listener();
  }

  private send(type: 'next' | 'error', payload: string): void {
    if (!this.closed) this.peer.send(`{"id":${this.idAsJson},"type":"${type}","payload":${payload}}`);
  }
}
