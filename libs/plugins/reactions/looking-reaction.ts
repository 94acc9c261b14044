import { NotNow, publisherOf } from '@weinao/events';
import type { DomainEvent, Followed, Intent, LookupReaction, ReadModelProgress } from '@weinao/events';
import type { DataSource } from 'typeorm';
import type { CommunityDirectory, DirectoryEntry } from '../directory/community-directory.ts';
import { isDatabaseOutage } from '../service/database-outage.ts';

/**
 * A reaction that looks something up in its plugin's read models before it knows what it wants: whom a notice addresses
 * *now*, when its schedule falls due. Where it follows an event of its own plugin, the read models show that event.
 *
 * Asked again after a crash it may want something else. That does no harm: the command's id is the same, so what it
 * wanted first counts. Let an event lead to one intent that holds all that was found (see `LookupReaction`).
 */
export interface LookingReaction<Event extends DomainEvent = DomainEvent, Reader = object> {
  /** As of any reaction. */
  readonly name: string;
  readonly follows: readonly Event['type'][];
  readonly reader: new (database: DataSource) => Reader;
  /**
   * While the database is away it is asked again; any other error is the event's fault.
   *
   * @param community as it is by now: its time zone, and what it has enabled
   */
  react(event: Followed<Event>, reader: Reader, community: DirectoryEntry): Promise<readonly Intent[]>;
}

const READ_MODEL_DEADLINE_MS = 5_000;

/** The reaction as the kernel runs it. */
export function lookupOf(
  reaction: LookingReaction,
  database: DataSource,
  progress: ReadModelProgress,
  directory: Pick<CommunityDirectory, 'community'>,
): LookupReaction {
  const reader = new reaction.reader(database);
  return {
    name: reaction.name,
    follows: reaction.follows,
    async look(event) {
      if (publisherOf(event.type) === undefined) await shown(progress, event.position);
      const community = directory.community(event.metadata.communityId)!; // or the plugin would not be on in it
      try {
        return await reaction.react(event, reader, community);
      } catch (error) {
        throw isDatabaseOutage(error as Error) ? new NotNow(error) : error;
      }
    },
  };
}

async function shown(progress: ReadModelProgress, position: bigint): Promise<void> {
  await progress.reached(position, READ_MODEL_DEADLINE_MS).catch((late: unknown) => {
    throw new NotNow(late);
  });
}
