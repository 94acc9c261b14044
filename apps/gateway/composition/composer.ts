import { Worker } from 'node:worker_threads';
import { CompositionFailed } from '@weinao/composition';
import type { SubgraphDefinition } from '@weinao/composition';
import type { PluginSet } from './plugin-sets.ts';

/** What comes out of the composition of a set. */
export interface Composed {
  /** With the directives that say which plugin answers what. */
  readonly supergraphSdl: string;
  /** What clients see. */
  readonly publicSdl: string;
  /** What each plugin contributes to this set. */
  readonly subgraphs: readonly SubgraphDefinition[];
}

export interface ComposeRequest {
  readonly subgraphs: readonly SubgraphDefinition[];
}

export type ComposeReply = { readonly composed: Composed } | { readonly reason: string };

/** Says nothing of the set: asked again, it may compose. */
export class CompositionInterrupted extends CompositionFailed {}

interface Job {
  readonly set: PluginSet;
  readonly outcome: PromiseWithResolvers<Composed>;
}

const DEADLINE_MS = 10_000;
/** An idle thread keeps some 40 MB; a new one is there after 0.2 s. */
const IDLE_MS = 30_000;
const MOST_WAITING = 200;
const MOST_MEMORY_MB = 256;

const thread = new URL('./composing.worker.ts', import.meta.url);
const loader = new URL('../../../tools/typescript.mjs', import.meta.url).href;

/** Composes sets in a thread of its own, one after the other, so that requests go on meanwhile. */
export class Composer {
  private waiting: Job[] = [];
  private running: Job | undefined;
  private worker: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly deadlineMs = DEADLINE_MS) {}

  /** @throws CompositionFailed with the reasons; CompositionInterrupted, also where too many wait */
  compose(set: PluginSet): Promise<Composed> {
    if (this.stopped) return Promise.reject(new CompositionInterrupted('The gateway stops'));
    if (this.waiting.length >= MOST_WAITING)
      return Promise.reject(new CompositionInterrupted(`${MOST_WAITING} sets wait for their composition`));
    const job = { set, outcome: Promise.withResolvers<Composed>() };
    this.waiting.push(job);
    this.begin();
    return job.outcome.promise;
  }

  /** Somebody waits for this set: it is composed before those for which nobody does. */
  hasten({ key }: PluginSet): void {
    const hastened = this.waiting.filter(({ set }) => set.key === key);
    this.waiting = [...hastened, ...this.waiting.filter((job) => !hastened.includes(job))];
  }

  /** What is not composed by now fails. */
  async stop(): Promise<void> {
    this.stopped = true;
    const left = this.waiting;
    this.waiting = [];
    for (const { outcome } of left) outcome.reject(new CompositionInterrupted('The gateway stops'));
    await this.end('The gateway stops');
  }

  private begin(): void {
    if (this.running) return;
    clearTimeout(this.timer);
    this.running = this.waiting.shift();
    if (!this.running) {
      this.timer = setTimeout(() => void this.end('It was idle'), IDLE_MS).unref();
      return;
    }
    this.timer = setTimeout(
      () => void this.end(`It took longer than ${this.deadlineMs} ms`),
      this.deadlineMs,
    );
    this.worker ??= this.startWorker();
    const request: ComposeRequest = { subgraphs: this.running.set.subgraphs };
    this.worker.postMessage(request);
  }

  private startWorker(): Worker {
    const worker = new Worker(thread, {
      execArgv: ['--enable-source-maps', '--import', loader], // the same wherever this process came from
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB, maxYoungGenerationSizeMb: 16 },
    });
    worker.on('message', (reply: ComposeReply) => {
      if (this.worker === worker) this.take(reply); // what it said before it was ended may come afterwards
    });
    worker.on('error', (error: Error) => this.lose(worker, error.message));
    worker.on('exit', () => this.lose(worker, 'Its thread ended'));
    return worker;
  }

  private take(reply: ComposeReply): void {
    const { outcome } = this.running!;
    this.running = undefined;
    if ('composed' in reply) outcome.resolve(reply.composed);
    else outcome.reject(new CompositionFailed(reply.reason));
    this.begin();
  }

  private async end(why: string): Promise<void> {
    clearTimeout(this.timer);
    const { worker } = this;
    if (!worker) return;
    this.lose(worker, why);
    await worker.terminate();
  }

  /** The next set gets a new thread. Does nothing for one that is lost already. */
  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    const job = this.running;
    this.running = undefined;
    job?.outcome.reject(new CompositionInterrupted(why));
    if (job) this.begin();
  }
}
