import type { PluginCalls } from './plugin-calls.ts';
import type { AnnounceReply, AnnounceRequest } from '../wire/subgraph.protocol.ts';

const PAUSES_MS = { unanswered: 250, WAITING: 500, REFUSED: 5_000 };
const TRIES_BEFORE_A_WORD = 20;

/**
 * Announces a replica until what it announces is in force: it and the communities service start in any order, another
 * version may still run, and the reason of a refusal may go away.
 */
export class Announcer {
  private stopped = false;
  private unanswered = 0;
  private told: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly calls: PluginCalls,
    private readonly request: AnnounceRequest,
    private readonly report: (message: string, error?: unknown) => void,
  ) {}

  /** Resolves when it is first found right, so in force or waiting; never after a stop. */
  announce(): Promise<void> {
    return new Promise((accepted) => void this.ask(accepted));
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async ask(accepted: () => void): Promise<void> {
    if (this.stopped) return;
    const answer = await this.answer();
    if (this.stopped) return; // stop() may have come meanwhile, and nothing begins after it
    if (answer) this.tell(answer);
    if (answer && answer.state !== 'REFUSED') accepted();
    if (answer?.state === 'IN_FORCE') return;
    this.timer = setTimeout(() => void this.ask(accepted), PAUSES_MS[answer?.state ?? 'unanswered']);
  }

  private async answer(): Promise<AnnounceReply | undefined> {
    try {
      const answer = await this.calls.announce(this.request);
      this.unanswered = 0;
      return answer;
    } catch (error) {
      if (++this.unanswered % TRIES_BEFORE_A_WORD === 0)
        this.report('Still waiting for the communities service', error);
      return undefined;
    }
  }

  /** Each change once; that it is in force is a word only after something else was. */
  private tell({ state, reason = '' }: AnnounceReply): void {
    const text = { WAITING: `Waits: ${reason}`, REFUSED: `Refused: ${reason}`, IN_FORCE: 'In force now' }[
      state
    ];
    if (text === this.told) return;
    if (state !== 'IN_FORCE' || this.told !== undefined) this.report(text);
    this.told = text;
  }
}
