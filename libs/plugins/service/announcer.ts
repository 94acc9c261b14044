import type { PluginCalls } from './plugin-calls.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

const PAUSE_MS = 250;
const TRIES_BEFORE_A_WORD = 20;

/** Announces a service until the communities service has taken it: the two start in any order. */
export class Announcer {
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private skip: () => void = () => undefined;

  constructor(
    private readonly calls: PluginCalls,
    private readonly announcement: Announcement,
    private readonly report: (message: string, error?: unknown) => void,
  ) {}

  async announce(): Promise<void> {
    for (let tries = 1; !this.stopped; tries++) {
      try {
        return await this.calls.announce(this.announcement);
      } catch (error) {
        if (tries % TRIES_BEFORE_A_WORD === 0)
          this.report('Still waiting for the communities service', error);
        await this.pause();
      }
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.skip();
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.skip = resolve;
      this.timer = setTimeout(resolve, PAUSE_MS);
    });
  }
}
