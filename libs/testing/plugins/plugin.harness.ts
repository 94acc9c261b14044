import { InProcessBus } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { COMMUNITIES_PLUGIN, rebuildReadModels, startService } from '@weinao/plugins';
import type { Plugin, RunningService, Settings, Viewer } from '@weinao/plugins';
import { checkedSettings } from './checked-settings.ts';
import { CommunitiesDouble } from './communities.double.ts';
import { HarnessViewer } from './harness.viewer.ts';
import type { AskedOperation } from './harness.viewer.ts';
import { answerForEmptyLog, neighboursNotHere } from './neighbours-not-here.ts';
import { communityNames, OSMANTHUS_COURT, people, WILLOW_BANK } from './people.ts';
import { PluginTables } from './plugin.tables.ts';
import type { StoredEvent, StoredRows } from './plugin.tables.ts';
import { ManualClock } from '../clocks/manual.clock.ts';
import { createTestDatabase } from '../servers/test.database.ts';
import type { TestDatabase } from '../servers/test.database.ts';

export interface PluginHarnessOptions {
  /** Further plugins that run beside it, each enabled where it is. */
  readonly others?: readonly Plugin[] | undefined;
  /** Communities that have it enabled from the start; 桂花苑 alone unless said otherwise. */
  readonly enabledIn?: readonly string[];
  /** Connection string of the PostgreSQL server; that of the test run unless said otherwise. */
  readonly server?: string | undefined;
}

/**
 * Runs a plugin's service as it is, on a fresh database, a bus of its own and a clock that stands still, with two
 * communities: 桂花苑, where the plugin is enabled, and 柳岸, where it is not.
 */
export async function openPluginHarness(
  plugin: Plugin,
  options: PluginHarnessOptions = {},
): Promise<PluginHarness> {
  const harness = new PluginHarness(plugin, options, await createTestDatabase(options.server));
  try {
    await harness.open();
    return harness;
  } catch (error) {
    await harness.close().catch(() => undefined); // why it did not open is what counts
    throw error;
  }
}

export class PluginHarness {
  readonly clock = new ManualClock();
  readonly bus: Bus;
  readonly tables: PluginTables;
  private readonly double: CommunitiesDouble | undefined;
  private readonly services: RunningService[] = [];
  private readonly reports: string[] = [];
  private readonly asked: AskedOperation[] = [];

  constructor(
    readonly plugin: Plugin,
    private readonly options: PluginHarnessOptions,
    readonly database: TestDatabase,
  ) {
    this.bus = new InProcessBus(this.report);
    this.tables = new PluginTables(database.pool, plugin);
    for (const id of neighboursNotHere([plugin, ...(options.others ?? [])])) answerForEmptyLog(this.bus, id);
    const isCommunities = plugin.manifest.id === COMMUNITIES_PLUGIN;
    this.double = isCommunities ? undefined : new CommunitiesDouble(this.bus, this.clock.now);
  }

  async open(): Promise<void> {
    await this.start();
    const enabledIn = this.options.enabledIn ?? [OSMANTHUS_COURT];
    for (const id of new Set([OSMANTHUS_COURT, WILLOW_BANK, ...enabledIn])) await this.found(id);
    if (this.double) for (const id of enabledIn) await this.enable(id);
  }

  get announcement(): RunningService['announcement'] {
    return this.services[0]!.announcement;
  }

  /** Somebody at the community's door, in the community that the viewer belongs to. */
  as(viewer: Viewer): HarnessViewer {
    return new HarnessViewer(this.bus, this.plugin.manifest.id, 'community', viewer, this.note);
  }

  /** Somebody at the platform's door. */
  platform(viewer: Viewer): HarnessViewer {
    return new HarnessViewer(this.bus, this.plugin.manifest.id, 'platform', viewer, this.note);
  }

  /** Founds a community, where nothing is on yet. */
  async found(id: string): Promise<void> {
    const name = communityNames[id] ?? id;
    if (this.double) return this.double.found(id, name);
    const mutation = 'mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { id } }';
    await this.platform(people.operatorZhou).data(mutation, { input: { id, name } });
  }

  /** Turns the plugin, and those beside it, on, with its default settings where none are given. */
  async enable(communityId: string, settings: Settings = {}): Promise<void> {
    for (const { manifest } of this.options.others ?? []) {
      this.directory.enable(communityId, manifest.id, await checkedSettings(this.bus, manifest.id, {}));
    }
    const { id } = this.plugin.manifest;
    this.directory.enable(communityId, id, await checkedSettings(this.bus, id, settings));
  }

  async configure(communityId: string, settings: Settings): Promise<void> {
    const { id } = this.plugin.manifest;
    this.directory.configure(communityId, id, await checkedSettings(this.bus, id, settings));
  }

  disable(communityId: string): void {
    this.directory.disable(communityId, this.plugin.manifest.id);
  }

  /** Lets time pass; resolves when what became due by then is done, and what followed from it. */
  async advance(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.quiet();
  }

  /** Resolves when the plugins have reacted to everything, each to the others too, and nothing is due. */
  async quiet(): Promise<void> {
    let before = '';
    for (;;) {
      const heads: bigint[] = [];
      for (const service of this.services) heads.push(await service.quiet());
      if (heads.join() === before) return;
      before = heads.join();
    }
  }

  readModelRows(): Promise<StoredRows> {
    return this.tables.rows();
  }

  events(): Promise<StoredEvent[]> {
    return this.tables.events();
  }

  /** Folds the read models again, beside the running service. */
  async rebuild(): Promise<void> {
    const { url: databaseUrl } = this.database;
    await rebuildReadModels(this.plugin, { databaseUrl, progress: () => undefined, report: this.report });
  }

  /** Stops the services and starts them again on the same data. */
  restart(): Promise<void> {
    return this.whileStopped(async () => undefined);
  }

  /** Stops the services, and starts them again when the work is done. */
  async whileStopped(work: () => Promise<void>): Promise<void> {
    await this.stop();
    await work();
    await this.start();
  }

  /** What was asked for by GraphQL since the last look. */
  takeAsked(): AskedOperation[] {
    return this.asked.splice(0);
  }

  /** What the services wrote to their log since the last look; a spec that provokes an error takes it away here. */
  takeReports(): string[] {
    return this.reports.splice(0);
  }

  /** @throws Error when a service reported something that no spec took */
  async close(): Promise<void> {
    await this.stop();
    await this.bus.close();
    const left = this.takeReports(); // the database goes by force, and a connection that is just closing may complain
    await this.database.close();
    if (left.length > 0) throw new Error(`The service reported:\n${left.join('\n')}`);
  }

  private async start(): Promise<void> {
    const { url: databaseUrl } = this.database;
    for (const plugin of [this.plugin, ...(this.options.others ?? [])]) {
      const { bus, report } = this;
      const { now: clock, timers: timerClock } = this.clock;
      this.services.push(await startService(plugin, { databaseUrl, bus, clock, timerClock, report }));
    }
    await Promise.all(this.services.map(({ announced }) => announced));
  }

  private async stop(): Promise<void> {
    for (const service of this.services.splice(0).reverse()) await service.stop();
  }

  private get directory(): CommunitiesDouble {
    if (!this.double) throw new Error('Here the communities service itself runs: use its platform door.');
    return this.double;
  }

  private readonly note = (asked: AskedOperation): void => void this.asked.push(asked);

  private readonly report = (message: string, error?: unknown): void => {
    this.reports.push(error instanceof Error ? `${message}: ${error.stack}` : message);
  };
}
