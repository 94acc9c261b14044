import type { Clock } from '@weinao/events';
import { dayIn } from '../calendar/days.ts';
import type { CommunityDirectory } from '../directory/community-directory.ts';

/** The time that the plugin's decisions see, for resolvers that must see the same. */
export class PluginClock {
  constructor(
    private readonly clock: Clock,
    private readonly directory: CommunityDirectory,
  ) {}

  /** ISO 8601 UTC. */
  now(): string {
    return this.clock().toISOString();
  }

  /** The date where the community is, now or at an instant; YYYY-MM-DD. */
  day(communityId: string, instant: string = this.now()): string {
    return dayIn(this.directory.community(communityId)?.timeZone, instant);
  }
}
