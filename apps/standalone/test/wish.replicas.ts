import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '@weinao/events';
import type { Bus } from '@weinao/events';
import type { SubgraphReply, SubgraphRequest } from '@weinao/plugins';
import type { TestDatabase } from '@weinao/testing';
import type { ProcessFixture } from './process.fixture.ts';
import type { StartedProcess } from './started.process.ts';

const COMMUNITY = 'osmanthus-court';
/** What a client waits for: a replica that is paused has taken its request and does not answer. */
const PATIENCE_MS = 1_500;

/** Replicas of the wishes plugin, as processes of their own, and residents who make wishes. */
export class Replicas {
  readonly processes: StartedProcess[] = [];
  /** The texts of the wishes whose makers were told that they are made. */
  readonly made = new Set<string>();
  private making: Promise<void>[] = [];
  private resting = false;
  private abandoned = false;

  constructor(
    private readonly fixture: ProcessFixture,
    private readonly bus: Bus,
    private readonly database: TestDatabase,
    private readonly environment: Record<string, string>,
  ) {}

  async start(): Promise<void> {
    const started = this.fixture.start('apps/standalone/test/wishes/main.ts', this.environment);
    this.processes.push(started);
    await started.until(/wishes is ready/);
  }

  /** The one that holds the lease, and the session by which it does. */
  async holder(): Promise<{ readonly process: StartedProcess; readonly session: number }> {
    for (;;) {
      const { rows } = await this.database.pool.query<{ holder: string; holder_pid: number }>(
        'select holder, holder_pid from wishes.leases',
      );
      const pid = Number(rows[0]?.holder.split(' ')[1]);
      const process = this.processes.find((started) => started.pid === pid && started.isRunning);
      if (process) return { process, session: rows[0]!.holder_pid };
      await pause(10);
    }
  }

  async wishes(): Promise<string[]> {
    const { rows } = await this.database.pool.query<{ text: string }>('select text from wishes.wish');
    return rows.map(({ text }) => text).sort();
  }

  async ask(query: string, key?: string): Promise<SubgraphReply['result'] | undefined> {
    const request: SubgraphRequest = {
      door: 'community',
      communityId: COMMUNITY,
      query,
      viewer: { id: 'lin', roles: ['resident'], communityId: COMMUNITY },
      correlationId: newId(),
      idempotencyKey: key,
      directoryPosition: '2',
    };
    const text = JSON.stringify(request);
    const reply = await this.bus
      .request('gql.wishes', text, { timeoutMs: PATIENCE_MS })
      .catch(() => undefined);
    return reply === undefined ? undefined : (JSON.parse(reply) as SubgraphReply).result;
  }

  /** Residents make wishes, each again and again with its key until it is told that it is made, until they rest. */
  keepWishing(name: string): void {
    this.resting = false;
    this.making = [1, 2, 3].map(async (resident) => {
      for (let turn = 1; !this.resting; turn++) await this.makeWish(`${name} ${resident}-${turn}`);
    });
  }

  /** For the end of a spec, whatever became of the replicas. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.rest();
  }

  async rest(): Promise<void> {
    this.resting = true;
    await Promise.all(this.making);
  }

  private async makeWish(text: string): Promise<void> {
    while (!this.abandoned) {
      const result = await this.ask(`mutation { makeWish(text: "${text}") { id } }`, text);
      if (result?.data?.makeWish) {
        this.made.add(text);
        return;
      }
      await pause(20);
    }
  }
}
