import type { Communities } from '@weinao/events';
import type { CommunityDirectory } from '../directory/community-directory.ts';
import type { Settings } from '../directory/directory.events.ts';
import type { PluginManifest } from '../manifest/plugin-manifest.ts';
import { PLATFORM } from '../wire/subgraph.protocol.ts';

const DIRECTORY_DEADLINE_MS = 5_000;
/** So long a stop may have to wait for it. */
const READY_DEADLINE_MS = 1_000;

/** Where a plugin is enabled, as the directory says; a plugin of the platform is everywhere. */
export class EnabledCommunities implements Communities {
  private ready = false;

  constructor(
    private readonly manifest: PluginManifest,
    private readonly directory: CommunityDirectory,
  ) {
    void directory.ready.then(() => (this.ready = true));
  }

  /** What seems not enabled may just have been: the directory is asked for its newest word. */
  async settingsOf(communityId: string): Promise<Settings | undefined> {
    await this.untilReady();
    const known = this.knownSettings(communityId);
    if (known) return known;
    await this.directory.catchUp(DIRECTORY_DEADLINE_MS);
    return this.knownSettings(communityId);
  }

  /** Nowhere, until the directory has read its log: what it knows before may have been revoked since. */
  enabled(): Promise<string[]> {
    const ids = this.ready ? [PLATFORM, ...this.directory.communityIds()] : [];
    return Promise.resolve(ids.filter((id) => this.knownSettings(id)));
  }

  onChange(listener: () => void): () => void {
    void this.directory.ready.then(listener);
    return this.directory.onChange(listener);
  }

  private async untilReady(): Promise<void> {
    if (this.ready) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Error('The communities service has not answered yet');
    const deadline = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(late), READY_DEADLINE_MS);
    });
    await Promise.race([this.directory.ready, deadline]).finally(() => clearTimeout(timer));
  }

  private knownSettings(communityId: string): Settings | undefined {
    const { id, scope } = this.manifest;
    const community = this.directory.community(communityId);
    const everywhere = scope === 'platform' && (community || communityId === PLATFORM) ? {} : undefined;
    return community?.plugins.get(id) ?? everywhere;
  }
}
