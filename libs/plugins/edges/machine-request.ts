import type { Role } from '../access/viewer.ts';
import type { Settings } from '../directory/directory.events.ts';
import { permissionsOf } from '../manifest/plugin-manifest.ts';
import type { PluginManifest } from '../manifest/plugin-manifest.ts';
import { PluginRequest } from '../service/plugin-request.ts';
import type { EdgeCall, FeedCall, HttpCall, PathParams } from '../wire/edge.protocol.ts';

/** A request of a machine to a plugin. Nobody has looked who asks: the tokens of machines are the plugin's own. */
class MachineRequest<Call extends HttpCall> {
  readonly communityId: string;
  readonly params: PathParams;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | null;
  readonly correlationId: string;

  constructor(
    protected readonly call: Call,
    readonly settings: Settings,
    private readonly manifest: PluginManifest,
  ) {
    this.communityId = call.communityId;
    this.params = call.params;
    this.query = call.query;
    this.token = call.token;
    this.correlationId = call.correlationId;
  }

  /** The request as `Commands` take it, once the handler knows who asks. */
  as(id: string, role: Role): PluginRequest {
    const { communityId, settings, correlationId } = this;
    return new PluginRequest({
      ...{ door: 'community', communityId, settings, correlationId },
      viewer: { id, roles: [role], communityId },
      permissions: permissionsOf(this.manifest, [role]),
      idempotencyKey: this.idempotencyKey,
    });
  }

  protected get idempotencyKey(): string | undefined {
    return undefined;
  }
}

/** A request to an edge. */
export class EdgeRequest extends MachineRequest<EdgeCall> {
  get contentType(): string | null {
    return this.call.contentType;
  }

  get body(): string {
    return this.call.body;
  }

  protected override get idempotencyKey(): string | undefined {
    return this.call.idempotencyKey;
  }
}

/** Somebody who connects to a feed. */
export class FeedRequest extends MachineRequest<FeedCall> {
  /** Of the last message that came through before; null for who was not connected. Any text: it comes from outside. */
  get lastEventId(): string | null {
    return this.call.lastEventId;
  }
}
