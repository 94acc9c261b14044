import { Injectable } from '@nestjs/common';
import { CommunityDirectory, PluginClock } from '@weinao/plugins';
import type { DirectoryEntry } from '@weinao/plugins';
import type { Addressed } from '../domain/notice.decider.ts';
import type { Audience } from '../domain/notice.events.ts';
import { AddresseeReader } from '../read/addressee.reader.ts';

/** Whom an audience addresses in a community, now. */
@Injectable()
export class Addressing {
  constructor(
    private readonly reader: AddresseeReader,
    private readonly directory: CommunityDirectory,
    private readonly clock: PluginClock,
  ) {}

  addressed(communityId: string, audience: Audience): Promise<Addressed> {
    return this.reader.addressed(this.community(communityId), audience, this.clock.day(communityId));
  }

  count(communityId: string, audience: Audience): Promise<number> {
    return this.reader.count(this.community(communityId), audience, this.clock.day(communityId));
  }

  unknownBuildings(communityId: string, { buildings }: Audience): Promise<string[]> {
    return this.reader.unknownBuildings(this.community(communityId), buildings);
  }

  /** A request comes only from a community that is known. */
  private community(id: string): DirectoryEntry {
    return this.directory.community(id)!;
  }
}
