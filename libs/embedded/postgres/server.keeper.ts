import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../ports/free.port.ts';
import type { DataDirectory } from './data.directory.ts';
import { connectionUrl } from './data.directory.ts';
import { OwnershipLock } from './ownership.lock.ts';
import { DataDirectoryInUse, codeOf } from './postgres.errors.ts';
import type { ServerControl } from './server.control.ts';

/** The sessions of a killed process may take a moment to vanish. */
const lockPatience = 2000;
const connectionPatience = 60_000;
/** How long backends that outlived a killed postmaster may hold its shared memory. */
const memoryPatience = 15_000;
const portTries = 5;

export interface OwnedServer {
  port: number;
  lock: OwnershipLock;
  /** The server ran already. */
  adopted: boolean;
}

type Attempt = OwnershipLock | 'held' | 'unreachable';

/** Makes the server of one cluster run, with this process as its owner. */
export class ServerKeeper {
  constructor(
    private readonly directory: DataDirectory,
    private readonly control: ServerControl,
    private readonly password: string,
  ) {}

  url(port: number, database: string): string {
    return connectionUrl(this.password, port, database);
  }

  /** With a port, a server that has to be started is started on this very port. */
  async own(wantedPort?: number, signal?: AbortSignal): Promise<OwnedServer> {
    const begun = Date.now();
    let heldSince: number | undefined;
    let adopted = true;
    for (;;) {
      signal?.throwIfAborted();
      const port = await this.control.runningPort();
      if (port === undefined) {
        adopted = !(await this.start(wantedPort, signal));
        if (Date.now() - begun > connectionPatience) throw new Error('PostgreSQL does not keep running.');
        continue;
      }
      const attempt = await this.attempt(port);
      if (attempt instanceof OwnershipLock) return { port, lock: attempt, adopted };
      if (attempt === 'held') heldSince ??= Date.now();
      if (Date.now() - (heldSince ?? Infinity) > lockPatience)
        throw new DataDirectoryInUse(this.directory.path);
      if (Date.now() - begun > connectionPatience) throw new Error('PostgreSQL accepts no connections.');
      await pause(100, undefined, { signal });
    }
  }

  /** Stops the server, unless another process owns it. */
  async stop(lock: OwnershipLock | undefined): Promise<void> {
    if (lock === undefined) return this.stopUnowned();
    await this.control.stop();
    await lock.release();
  }

  private async stopUnowned(): Promise<void> {
    const deadline = Date.now() + 1000;
    for (;;) {
      const port = await this.control.runningPort();
      if (port === undefined) return;
      const attempt = await this.attempt(port);
      if (attempt instanceof OwnershipLock) return this.stop(attempt);
      if (Date.now() > deadline) {
        // A server that accepts no session has no owner.
        return attempt === 'unreachable' ? this.control.stopNow() : undefined;
      }
      await pause(50);
    }
  }

  private async attempt(port: number): Promise<Attempt> {
    try {
      return (await OwnershipLock.take(this.url(port, 'postgres'))) ?? 'held';
    } catch (error) {
      // SQLSTATE class 28: the server does not know our password, and waiting will not help.
      if (codeOf(error)?.startsWith('28')) throw error;
      return 'unreachable';
    }
  }

  /** False when another process started the server first. */
  private async start(wantedPort: number | undefined, signal?: AbortSignal): Promise<boolean> {
    const begun = Date.now();
    for (let taken = 0; ;) {
      const failure = await this.control.start(wantedPort ?? (await freePort()), signal);
      if (failure === undefined) return true;
      if (/lock file "postmaster.pid" (already exists|is empty)/.test(failure)) return false;
      if (/could not bind|Address already in use/.test(failure) && wantedPort === undefined) taken += 1;
      else if (!isMemoryHeld(failure) || Date.now() - begun > memoryPatience) taken = portTries;
      if (taken >= portTries) throw new Error(`PostgreSQL did not start: ${failure}`);
      await pause(200, undefined, { signal });
    }
  }
}

function isMemoryHeld(failure: string): boolean {
  return /pre-existing shared memory block|shared memory block .* is still in use/.test(failure);
}
