import { fingerprint } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { HERE_EVERY_MS, wireSubjects } from '../wire/subgraph.protocol.ts';
import type { Announcement, ReplicaHere, ReplicaLeaving } from '../wire/subgraph.protocol.ts';

/** Says again and again that a replica is there, and once that it leaves. */
export class Presence {
  private timer: NodeJS.Timeout | undefined;
  private plugin: string | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly replica: string,
  ) {}

  start(announcement: Announcement): void {
    const { id, version } = announcement.manifest;
    this.plugin = id;
    const digest = fingerprint(announcement);
    const here: ReplicaHere = { plugin: id, replica: this.replica, version, digest };
    const say = (): void => this.bus.publish(wireSubjects.here, JSON.stringify(here));
    say();
    this.timer = setInterval(say, HERE_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.plugin === undefined) return;
    const leaving: ReplicaLeaving = { plugin: this.plugin, replica: this.replica, leaving: true };
    this.bus.publish(wireSubjects.here, JSON.stringify(leaving));
  }
}
