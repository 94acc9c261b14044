import { Injectable } from '@nestjs/common';
import { fingerprint, isSafeId, newId, Rejection } from '@weinao/events';
import {
  BadUserInput,
  Commands,
  CommunityDirectory,
  isEnabledIn,
  originOf,
  parseManifest,
  PLATFORM,
  PluginRequest,
} from '@weinao/plugins';
import type { AnnounceReply, AnnounceRequest, Announcement, PluginManifest } from '@weinao/plugins';
import { shapeProblem } from './announcement.shape.ts';
import { undueClaim } from './claims.ts';
import { brokenPromise } from './promises.ts';
import { Fit } from './fit.ts';
import { RosterListener } from './roster.listener.ts';
import { whyToWait } from './takeover.ts';
import { announcedPluginDecider } from '../domain/announced-plugin.decider.ts';
import type { AnnouncedPluginCommand } from '../domain/announced-plugin.decider.ts';
import { RefusedPluginReader } from '../read/refused-plugin.reader.ts';

const DIRECTORY_DEADLINE_MS = 5_000;
/** Of a reason; compositions may give hundreds. */
const MOST_CHARACTERS = 1_000;

type Claimed = Omit<AnnounceRequest, 'replica'>;

/** Decides what becomes of announcements, one after the other: taken, waiting, or refused with a reason. */
@Injectable()
export class Catalogue {
  private readonly fit = new Fit();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly commands: Commands,
    private readonly directory: CommunityDirectory,
    private readonly listener: RosterListener,
    private readonly refusals: RefusedPluginReader,
  ) {}

  /** @throws Error where the log or the database is away: announce again */
  answer(request: AnnounceRequest | null): Promise<AnnounceReply> {
    const { replica: _replica, ...claimed } = request ?? ({} as AnnounceRequest); // whatever anybody may send
    const answer = this.last.then(() => this.decide(claimed));
    this.last = answer.catch(() => undefined);
    return answer;
  }

  private async decide(claimed: Claimed): Promise<AnnounceReply> {
    await this.directory.catchUp(DIRECTORY_DEADLINE_MS);
    const manifest = manifestOf(claimed);
    const unreadable = typeof manifest === 'string' ? manifest : shapeProblem(claimed);
    if (typeof manifest === 'string' || unreadable) return this.refuse(claimed, unreadable!);
    const announcement: Announcement = { ...claimed, manifest };
    const { id } = manifest;
    const former = this.directory.plugin(id);
    if (former && fingerprint(former) === fingerprint(claimed)) return { state: 'IN_FORCE' };
    const problem = await this.problemOf(announcement, former);
    if (problem) return this.refuse(claimed, problem);
    const refused = (await this.refusals.of(id)).map(({ digest }) => digest);
    const wait = former && whyToWait(former, fingerprint(claimed), this.listener.roster, refused);
    if (wait) return { state: 'WAITING', reason: wait };
    return this.take(id, claimed);
  }

  private problemOf(
    announcement: Announcement,
    former: Announcement | undefined,
  ): Promise<string | undefined> | string {
    const { id, origin } = announcement.manifest;
    if (former && originOf(former.manifest) !== originOf({ origin }))
      return `The id ${id} is in use by ${originOf(former.manifest)}; this comes from ${originOf({ origin })}.`;
    const others = this.directory.plugins().filter(({ manifest }) => manifest.id !== id);
    const undue = undueClaim(announcement, others) ?? brokenPromise(announcement, others);
    if (undue) return undue;
    return this.fit.problemOf(announcement, { former, others, sets: this.setsWith(announcement, others) });
  }

  /** The distinct sets that communities have enabled together with it, without it. */
  private setsWith({ manifest }: Announcement, others: readonly Announcement[]): Announcement[][] {
    const sets = new Map<string, Announcement[]>();
    for (const communityId of this.directory.communityIds()) {
      const community = this.directory.community(communityId)!;
      if (!isEnabledIn(community, manifest)) continue;
      const set = others.filter((other) => isEnabledIn(community, other.manifest));
      sets.set(set.map((other) => other.manifest.id).join(' '), set);
    }
    return [...sets.values()];
  }

  private async take(id: string, claimed: Claimed): Promise<AnnounceReply> {
    try {
      // as it was announced, so that its digest stays the same; checked by shapeProblem
      const plugin = claimed as { manifest: PluginManifest; sdl: Record<string, string> };
      await this.execute(id, { type: 'AnnouncePlugin', plugin });
      return { state: 'IN_FORCE' };
    } catch (error) {
      if (error instanceof Rejection || error instanceof BadUserInput)
        return this.refuse(claimed, error.message);
      throw error;
    }
  }

  /** What has no id that could be used is refused without being kept. */
  private async refuse(claimed: Claimed, why: string): Promise<AnnounceReply> {
    const reason = shortText(why, '?', MOST_CHARACTERS);
    const { id, version, origin } = (claimed.manifest ?? {}) as unknown as Readonly<Record<string, unknown>>;
    if (typeof id === 'string' && isSafeId(id)) {
      const refusal = {
        pluginId: id,
        version: shortText(version, '?'),
        origin: shortText(origin, originOf({})),
        digest: fingerprint(claimed),
        reason,
      };
      await this.execute(id, { type: 'RefusePlugin', refusal });
    }
    return { state: 'REFUSED', reason };
  }

  private async execute(id: string, command: AnnouncedPluginCommand): Promise<void> {
    const request = new PluginRequest({
      door: 'platform',
      communityId: null,
      viewer: { id: PLATFORM, roles: [], communityId: null },
      permissions: [],
      settings: {},
      correlationId: newId(),
    });
    await this.commands.execute(announcedPluginDecider, command, request, { id });
  }
}

/** The manifest, or what is wrong with it. */
function manifestOf({ manifest }: Claimed): PluginManifest | string {
  try {
    return parseManifest(manifest);
  } catch (error) {
    return (error as Error).message;
  }
}

/** What PostgreSQL can keep of a text, whoever wrote it. */
const shortText = (value: unknown, otherwise: string, most = 200): string =>
  typeof value === 'string' ? [...value.replaceAll('\0', ' ')].slice(0, most).join('') : otherwise;
