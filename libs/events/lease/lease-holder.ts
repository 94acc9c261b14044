import { hostname } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import pg from 'pg';
import { releaseLease, takeLease } from './lease.ts';
import { newId } from '../identifiers.ts';

export interface LeaseHolderOptions {
  /** Of the database with the lease; it is held over a connection of its own, to the server itself or a pooled session. */
  readonly databaseUrl: string;
  /** The plugin's schema. */
  readonly schema: string;
  readonly name: string;
  /** Begins what only the holder does, anew at each gain; it is stopped at each loss. */
  onHeld(): { stop(): Promise<void> };
  report(message: string, error?: unknown): void;
}

const LEASE_MS = 3_000;
const RENEW_MS = 1_000;
const TRY_MS = 500;
const CONNECT_MS = 3_000;
/** A renewal without an answer by then is none, and the work is stopped well before the lease runs out. */
const ANSWER_MS = 1_000;

/**
 * Tries for a lease for as long as it runs, and does the holder's work while it has it. One that is killed is followed at
 * the next try of another; one that is paused or cut off, when its lease has run out; one that stops, at once.
 *
 * The lease keeps work from being done twice, but is no proof against it: a process that was paused does not know yet
 * that another one holds the lease, and goes on for a moment when it resumes. That does no harm, because checkpoints are
 * moved by compare-and-set together with what they stand for, repeated commands keep their ids, and consumers drop
 * repeated events.
 */
export class LeaseHolder {
  private readonly holder = `${hostname()} ${process.pid} ${newId()}`;
  private readonly leaving = new AbortController();
  private running: Promise<void> | undefined;
  private failures = 0;

  constructor(private readonly options: LeaseHolderOptions) {}

  start(): void {
    this.running = this.run();
  }

  /** Stops the work, then gives the lease up. */
  async stop(): Promise<void> {
    this.leaving.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.leaving;
    while (!signal.aborted) {
      try {
        await this.tryOverOneConnection();
      } catch (error) {
        // once, and not for a single break: whoever else uses the database tells of that
        if (!signal.aborted && ++this.failures === 2) {
          this.options.report(`The lease ${this.options.name} cannot be had; trying again`, error);
        }
      }
      await pause(TRY_MS, signal);
    }
  }

  private async tryOverOneConnection(): Promise<void> {
    const { databaseUrl, schema, name } = this.options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `weinao ${schema} lease`,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
    });
    const broken = new AbortController();
    client.on('error', () => broken.abort());
    client.on('end', () => broken.abort());
    const over = AbortSignal.any([this.leaving.signal, broken.signal]);
    try {
      await client.connect();
      await client.query('set synchronous_commit = off'); // a lease that a crash forgets is a free one
      while (!over.aborted) {
        const asked = performance.now();
        if (await this.take(client)) await this.workSince(asked, client, over);
        else await pause(TRY_MS, over);
      }
      if (!broken.signal.aborted) await releaseLease(client, { schema, name, holder: this.holder });
    } finally {
      await client.end();
    }
  }

  /** Until the lease is lost, or may be: a process that was paused for too long does not wait to be told. */
  private async workSince(asked: number, client: pg.Client, over: AbortSignal): Promise<void> {
    const work = this.options.onHeld();
    try {
      for (let renewed = asked; ;) {
        await pause(renewed + RENEW_MS - performance.now(), over);
        const now = performance.now();
        if (over.aborted || now - renewed > LEASE_MS - ANSWER_MS) return;
        if (!(await this.take(client))) return;
        renewed = now;
      }
    } finally {
      await work.stop();
    }
  }

  private async take(client: pg.Client): Promise<boolean> {
    const { schema, name } = this.options;
    const held = await takeLease(client, { schema, name, holder: this.holder, milliseconds: LEASE_MS });
    this.failures = 0;
    return held;
  }
}

/** Ends early, without an error, when the signal says so. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  after(milliseconds, undefined, { signal }).catch(() => undefined);
