import { BusError } from '@weinao/events';
import type { Bus, BusSubscription } from '@weinao/events';
import { CodedError } from '../graphql/coded-error.ts';
import { wireSubjects } from '../wire/subgraph.protocol.ts';
import type {
  AnnounceReply,
  AnnounceRequest,
  SettingsReply,
  SettingsRequest,
} from '../wire/subgraph.protocol.ts';

const DEADLINE_MS = 5_000;
const PING_DEADLINE_MS = 1_000;

/** Another plugin's service, asked about itself over the bus. */
export class PluginCalls {
  constructor(private readonly bus: Bus) {}

  async isRunning(plugin: string): Promise<boolean> {
    try {
      await this.bus.request(wireSubjects.ping(plugin), '', { timeoutMs: PING_DEADLINE_MS });
      return true;
    } catch {
      return false;
    }
  }

  /** @throws CodedError PLUGIN_UNAVAILABLE */
  async checkSettings(plugin: string, settings: unknown): Promise<SettingsReply> {
    const request: SettingsRequest = { settings };
    try {
      const subject = wireSubjects.settings(plugin);
      const reply = await this.bus.request(subject, JSON.stringify(request), { timeoutMs: DEADLINE_MS });
      return JSON.parse(reply) as SettingsReply;
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      throw new CodedError(
        'PLUGIN_UNAVAILABLE',
        `The service of ${plugin} does not answer; start it and try again.`,
      );
    }
  }

  /** @throws BusError when the communities service does not answer */
  async announce(request: AnnounceRequest): Promise<AnnounceReply> {
    const subject = wireSubjects.announce;
    const reply = await this.bus.request(subject, JSON.stringify(request), { timeoutMs: DEADLINE_MS });
    return JSON.parse(reply) as AnnounceReply;
  }

  /** Hears what replicas say of themselves; whatever anybody publishes there, as it comes. */
  hearReplicas(listener: (message: string) => void): BusSubscription {
    return this.bus.subscribe(wireSubjects.here, ({ text }) => listener(text));
  }
}
