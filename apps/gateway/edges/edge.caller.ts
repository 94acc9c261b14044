import { BusError } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { edgeSubjects } from '@weinao/plugins';
import type {
  EdgeCall,
  EdgeReply,
  FeedCall,
  FeedOpened,
  FeedPresence,
  FeedTelling,
  FeedTold,
} from '@weinao/plugins';
import { HttpError } from '../http/http-error.ts';

const DEADLINE_MS = 10_000;
const TELL_DEADLINE_MS = 8_000;

/** Asks a plugin's service what its edges and feeds answer. */
export class EdgeCaller {
  constructor(
    private readonly bus: Bus,
    private readonly report: (message: string, error?: unknown) => void,
  ) {}

  /** @throws HttpError where the service does not answer */
  async answer(plugin: string, call: EdgeCall): Promise<EdgeReply> {
    return (await this.asked(plugin, edgeSubjects.edge(plugin), call)) as EdgeReply;
  }

  /** @throws HttpError where the service does not answer */
  async open(plugin: string, call: FeedCall): Promise<FeedOpened> {
    return (await this.asked(plugin, edgeSubjects.open(plugin), call)) as FeedOpened;
  }

  /** @throws BusError */
  async tell(plugin: string, telling: FeedTelling): Promise<FeedTold> {
    const request = JSON.stringify(telling);
    const answer = this.bus.request(edgeSubjects.tell(plugin), request, { timeoutMs: TELL_DEADLINE_MS });
    return JSON.parse(await answer) as FeedTold;
  }

  /** May be lost. */
  seen(plugin: string, presence: FeedPresence): void {
    this.bus.publish(edgeSubjects.seen(plugin), JSON.stringify(presence));
  }

  private async asked(plugin: string, subject: string, call: object): Promise<unknown> {
    try {
      return JSON.parse(await this.bus.request(subject, JSON.stringify(call), { timeoutMs: DEADLINE_MS }));
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      if (error.code === 'TOO_LARGE')
        throw new HttpError(413, 'PAYLOAD_TOO_LARGE', 'This is larger than a message may be.');
      this.report(`${plugin} did not answer`, error);
      throw new HttpError(503, 'PLUGIN_UNAVAILABLE', `The service of ${plugin} does not answer. Try again.`);
    }
  }
}
