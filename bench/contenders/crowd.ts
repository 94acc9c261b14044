import type { ChildProcess } from 'node:child_process';
import { nextMessage, startChild } from '../frame/child.ts';

export interface CrowdArguments {
  readonly url: string;
  readonly path: string;
  /** The connections take turns with them. */
  readonly tokens: readonly string[];
  readonly body: string;
  readonly connections: number;
}

export type CrowdNews = { readonly opened: number } | { readonly lastAt: number; readonly frame: string };

const PROCESSES = 2;

/** Everybody who listens to one server, in processes of their own. */
export class Crowd {
  private constructor(private readonly processes: readonly ChildProcess[]) {}

  static async gather(args: CrowdArguments, cleanup: AsyncDisposableStack): Promise<Crowd> {
    const connections = args.connections / PROCESSES;
    const file = new URL('./crowd.process.ts', import.meta.url);
    const processes = Array.from({ length: PROCESSES }, () =>
      startChild(file, { ...args, connections }, cleanup),
    );
    await Promise.all(processes.map((child) => nextMessage(child)));
    return new Crowd(processes);
  }

  /** When the last has heard the next message, by the machine's clock; and the message. */
  async hear(): Promise<{ readonly lastAt: number; readonly frame: string }> {
    const all = this.processes.map((child) => nextMessage<{ lastAt: number; frame: string }>(child));
    const heard = await Promise.all(all);
    return { lastAt: Math.max(...heard.map(({ lastAt }) => lastAt)), frame: heard[0]!.frame };
  }
}
