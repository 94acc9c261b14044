import { Consumer, logHead } from '@weinao/events';
import type { Bus, ConsumedEvent } from '@weinao/events';
import type { DirectoryEvent, Settings } from './directory.events.ts';
import type { PluginManifest } from '../manifest/plugin-manifest.ts';
import { COMMUNITIES_PLUGIN } from '../wire/subgraph.protocol.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** The settings of each enabled plugin. */
  readonly plugins: ReadonlyMap<string, Settings>;
}

/** What has the scope of the platform is part of every community. */
export const isEnabledIn = ({ plugins }: DirectoryEntry, { id, scope }: PluginManifest): boolean =>
  scope === 'platform' || plugins.has(id);

export interface CommunityDirectoryOptions {
  readonly bus: Bus;
  report(message: string, error?: unknown): void;
}

/**
 * Which communities there are, which plugins each has enabled with which settings, and what each plugin announced:
 * the communities' log, folded in the memory of whoever needs to know.
 */
export class CommunityDirectory {
  private readonly communities = new Map<string, DirectoryEntry>();
  private readonly announced = new Map<string, Announcement>();
  private readonly listeners = new Set<() => void>();
  private readonly consumer: Consumer;
  private handled = 0n;

  constructor(private readonly options: CommunityDirectoryOptions) {
    const { bus, report } = options;
    this.consumer = new Consumer({
      bus,
      plugin: COMMUNITIES_PLUGIN,
      after: 0n,
      handle: (event) => this.take(event),
      report,
    });
  }

  start(): void {
    this.consumer.start();
  }

  stop(): Promise<void> {
    return this.consumer.stop();
  }

  /** Resolves when everything that stood in the log at the start is known. */
  get ready(): Promise<void> {
    return this.consumer.ready;
  }

  get position(): bigint {
    return this.handled;
  }

  /** @throws Error when the position does not come within the time */
  reached(position: bigint, timeoutMs: number): Promise<void> {
    return this.consumer.reached(position, timeoutMs);
  }

  /** Resolves when everything is known that stands in the log by now. @throws BusError, or Error when it comes too late */
  async catchUp(timeoutMs: number): Promise<void> {
    const head = await logHead(this.options.bus, COMMUNITIES_PLUGIN, this.handled, timeoutMs);
    await this.reached(head, timeoutMs);
  }

  communityIds(): string[] {
    return [...this.communities.keys()];
  }

  community(id: string): DirectoryEntry | undefined {
    return this.communities.get(id);
  }

  /** What a plugin last said of itself, whether it runs or not. */
  plugin(id: string): Announcement | undefined {
    return this.announced.get(id);
  }

  plugins(): Announcement[] {
    return [...this.announced.values()];
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private take({ position, metadata, ...event }: ConsumedEvent): void {
    this.fold(event as unknown as DirectoryEvent, metadata.communityId);
    this.handled = position;
    for (const listener of this.listeners) listener();
  }

  private fold(event: DirectoryEvent, communityId: string): void {
    switch (event.type) {
      case 'CommunityFounded':
        this.communities.set(communityId, { id: communityId, ...event.data, plugins: new Map() });
        break;
      case 'PluginEnabled':
      case 'PluginConfigured':
        this.change(communityId, (plugins) => plugins.set(event.data.pluginId, event.data.settings));
        break;
      case 'PluginDisabled':
        this.change(communityId, (plugins) => plugins.delete(event.data.pluginId));
        break;
      case 'PluginAnnounced':
        this.announced.set(event.data.manifest.id, event.data);
        break;
    }
  }

  private change(communityId: string, edit: (plugins: Map<string, Settings>) => void): void {
    const community = this.communities.get(communityId);
    if (!community) return;
    const plugins = new Map(community.plugins);
    edit(plugins);
    this.communities.set(communityId, { ...community, plugins });
  }
}
