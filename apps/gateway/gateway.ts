import { PluginCalls, COMMUNITIES_PLUGIN, CommunityDirectory } from '@weinao/plugins';
import type { Bus } from '@weinao/events';
import type { LocalIssuer } from './authentication/local-issuer.ts';
import { Doors } from './composition/doors.ts';
import { SubgraphCaller } from './composition/subgraph.caller.ts';

export const GATEWAY = Symbol('Gateway');

export interface GatewayParts {
  readonly bus: Bus;
  readonly issuer: LocalIssuer;
  report(message: string, error?: unknown): void;
}

/** What the HTTP controllers stand on. */
export class Gateway {
  readonly issuer: LocalIssuer;
  readonly directory: CommunityDirectory;
  readonly doors: Doors;
  private readonly calls: PluginCalls;
  private known = false;

  constructor({ bus, issuer, report }: GatewayParts) {
    this.issuer = issuer;
    this.directory = new CommunityDirectory({ bus, report });
    this.doors = new Doors(this.directory, new SubgraphCaller(bus, this.directory, report));
    this.calls = new PluginCalls(bus);
  }

  start(): void {
    this.directory.start();
    void this.directory.ready.then(() => (this.known = true));
  }

  /** Whether the directory was read to its end: before, what it does not hold may be there all the same. */
  get isDirectoryKnown(): boolean {
    return this.known;
  }

  async isReady(): Promise<boolean> {
    const announced = this.directory.plugin(COMMUNITIES_PLUGIN) !== undefined;
    return this.known && announced && (await this.calls.isRunning(COMMUNITIES_PLUGIN));
  }

  async stop(): Promise<void> {
    await this.directory.stop();
    await this.doors.stop();
  }
}
