import { setTimeout as pause } from 'node:timers/promises';
import type { OwnershipLock } from './ownership.lock.ts';
import type { OwnedServer, ServerKeeper } from './server.keeper.ts';

export interface EmbeddedPostgres {
  /** `postgresql://weinao:<password>@127.0.0.1:<port>/<database>`; it stays the same when the server comes back. */
  readonly url: string;
  readonly version: string;
  /** Ends the server, also one that was adopted or that is just coming back. */
  stop(): Promise<void>;
}

export interface Supervision {
  keeper: ServerKeeper;
  owned: OwnedServer;
  url: string;
  version: string;
  report: (line: string) => void;
}

/** A server whose end, unless asked for, is answered by bringing it back on the same port. */
export class SupervisedPostgres implements EmbeddedPostgres {
  readonly url: string;
  readonly version: string;
  private readonly keeper: ServerKeeper;
  private readonly port: number;
  private readonly report: (line: string) => void;
  private readonly ending = new AbortController();
  private lock: OwnershipLock | undefined;
  private recovery: Promise<void> = Promise.resolve();
  private ended: Promise<void> | undefined;

  constructor({ keeper, owned, url, version, report }: Supervision) {
    this.url = url;
    this.version = version;
    this.keeper = keeper;
    this.port = owned.port;
    this.report = report;
    this.hold(owned.lock);
  }

  stop(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  private async end(): Promise<void> {
    this.ending.abort();
    await this.recovery;
    await this.keeper.stop(this.lock);
  }

  private hold(lock: OwnershipLock): void {
    this.lock = lock;
    void lock.lost.then(() => {
      if (this.ending.signal.aborted) return;
      this.lock = undefined;
      this.recovery = this.recover();
    });
  }

  private async recover(): Promise<void> {
    this.report('PostgreSQL ended the connection that watches it; bringing it back.');
    let lastReason = '';
    while (!this.ending.signal.aborted) {
      try {
        const { lock, adopted } = await this.keeper.own(this.port, this.ending.signal);
        this.hold(lock);
        this.report(`PostgreSQL is back on port ${this.port}${adopted ? '' : ', started again'}.`);
        return;
      } catch (error) {
        const reason = (error as Error).message;
        if (!this.ending.signal.aborted && reason !== lastReason) this.report(reason);
        lastReason = reason;
      }
      await pause(500, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }
}
