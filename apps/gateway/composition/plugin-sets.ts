import { createHash } from 'node:crypto';
import type { SubgraphDefinition } from '@weinao/composition';
import { COMMUNITIES_PLUGIN, isEnabledIn } from '@weinao/plugins';
import type { Announcement, CommunityDirectory, DirectoryEntry, Door } from '@weinao/plugins';

/** The subgraphs of a door. */
export interface PluginSet {
  /** Equal for the same subgraphs. */
  readonly key: string;
  readonly subgraphs: readonly SubgraphDefinition[];
}

/** Which plugins make up each door, as far as the directory knows; looked up for each request, so worked out once. */
export class PluginSets {
  private announced: readonly Announcement[] = [];
  private ofEntries = new WeakMap<DirectoryEntry, PluginSet>();
  private platform: PluginSet | undefined;
  private byKey = new Map<string, PluginSet>();
  private readonly digests = new WeakMap<Announcement, string>();

  constructor(private readonly directory: CommunityDirectory) {}

  /** Undefined before the communities service has announced itself. */
  ofPlatform(): PluginSet | undefined {
    this.lookAtAnnouncements();
    const communities = this.announced.find(({ manifest }) => manifest.id === COMMUNITIES_PLUGIN);
    return communities && (this.platform ??= this.setOf('platform', [communities]));
  }

  /** An entry never changes: there is a new one instead. */
  ofCommunity(entry: DirectoryEntry): PluginSet {
    this.lookAtAnnouncements();
    const known = this.ofEntries.get(entry);
    if (known) return known;
    const set = this.setOf(
      'community',
      this.announced.filter(({ manifest }) => isEnabledIn(entry, manifest)),
    );
    const same = this.byKey.get(set.key) ?? set;
    this.byKey.set(set.key, same);
    this.ofEntries.set(entry, same);
    return same;
  }

  private lookAtAnnouncements(): void {
    const announced = this.directory.plugins();
    const same = announced.length === this.announced.length;
    if (same && announced.every((one, index) => one === this.announced[index])) return;
    this.announced = announced;
    this.ofEntries = new WeakMap();
    this.byKey = new Map();
    this.platform = undefined;
  }

  private setOf(door: Door, announcements: readonly Announcement[]): PluginSet {
    const parts = announcements.filter(({ sdl }) => sdl[door] !== undefined);
    const digests = parts.map((one) => this.digestOf(one));
    return {
      key: sha256([door, ...digests.sort()].join(' ')),
      subgraphs: parts.map(({ manifest, sdl }) => ({ plugin: manifest.id, sdl: sdl[door]! })),
    };
  }

  private digestOf(announcement: Announcement): string {
    const { manifest, sdl } = announcement;
    const digest = this.digests.get(announcement) ?? sha256(JSON.stringify([manifest.id, sdl]));
    this.digests.set(announcement, digest);
    return digest;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
