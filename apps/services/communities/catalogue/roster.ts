import { isSafeId } from '@weinao/events';
import type { ReplicaHere, ReplicaLeaving } from '@weinao/plugins';

/** A replica that is not heard of for so long is gone; it says that it is there twice a second. */
export const GONE_AFTER_MS = 2_000;
/** Who hears nobody, not even itself, for so long, was away itself: what it knows of others is old. */
const DEAF_AFTER_MS = 1_500;
const MOST_REPLICAS = 10_000;
const WORD = /^[\w.+-]{1,80}$/;
const DIGEST = /^[0-9a-f]{64}$/;

interface Heard extends ReplicaHere {
  readonly at: number;
}

/** Which replicas of which plugins run, as far as they can be heard: in memory, the same in everybody who listens. */
export class Roster {
  private readonly replicas = new Map<string, Heard>();
  private listeningSince: number;
  private lastHeard: number;

  /** @param now in ms, of a clock that never goes back */
  constructor(private readonly now: () => number) {
    this.listeningSince = this.lastHeard = now();
  }

  /** Has it listened for long enough to know everybody? */
  get isSettled(): boolean {
    const now = this.now();
    return now - this.lastHeard <= DEAF_AFTER_MS && now - this.listeningSince >= GONE_AFTER_MS;
  }

  /** In the order of plugins and replicas. */
  running(): ReplicaHere[] {
    this.forgetGone();
    return [...this.replicas.values()]
      .map(({ at: _at, ...here }) => here)
      .sort((a, b) => (`${a.plugin} ${a.replica}` < `${b.plugin} ${b.replica}` ? -1 : 1));
  }

  runningOf(plugin: string): ReplicaHere[] {
    return this.running().filter((replica) => replica.plugin === plugin);
  }

  /** What is no such message changes nothing. */
  hear(text: string): void {
    const message = parsed(text);
    if (!message) return;
    const now = this.now();
    if (now - this.lastHeard > DEAF_AFTER_MS) this.listeningSince = now;
    this.lastHeard = now;
    const key = `${message.plugin} ${message.replica}`;
    if ('leaving' in message) return void this.replicas.delete(key);
    if (this.replicas.size >= MOST_REPLICAS) this.forgetGone();
    if (this.replicas.size < MOST_REPLICAS || this.replicas.has(key))
      this.replicas.set(key, { ...message, at: now });
  }

  private forgetGone(): void {
    const now = this.now();
    for (const [key, { at }] of this.replicas) if (now - at > GONE_AFTER_MS) this.replicas.delete(key);
  }
}

function parsed(text: string): ReplicaHere | ReplicaLeaving | undefined {
  const message = fromJson(text);
  if (typeof message?.plugin !== 'string' || !isSafeId(message.plugin)) return undefined;
  const { plugin, replica, version, digest, leaving } = message;
  if (!matches(replica, WORD)) return undefined;
  if (leaving === true) return { plugin, replica, leaving };
  return matches(version, WORD) && matches(digest, DIGEST) ? { plugin, replica, version, digest } : undefined;
}

const matches = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);

function fromJson(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  } catch {
    return null;
  }
}
