import { derivedId, newId } from '@weinao/events';
import type { Actor } from '@weinao/events';
import type { Viewer } from '../access/viewer.ts';
import type { Settings } from '../directory/directory.events.ts';
import { forbidden } from '../graphql/coded-error.ts';
import { PLATFORM } from '../wire/subgraph.protocol.ts';
import type { Door } from '../wire/subgraph.protocol.ts';

export interface PluginRequestOptions {
  readonly door: Door;
  readonly communityId: string | null;
  readonly viewer: Viewer;
  /** As `<plugin>.<permission>`. */
  readonly permissions: readonly string[];
  readonly settings: Settings;
  readonly correlationId: string;
  readonly idempotencyKey?: string;
}

/** One request to a plugin: whose it is, what they may do, and for which community. The context of every resolver. */
export class PluginRequest {
  readonly communityId: string;
  readonly viewer: Viewer;
  readonly settings: Settings;
  readonly correlationId: string;
  private readonly permissions: ReadonlySet<string>;
  private commands = 0;
  private last = 0n;

  constructor(private readonly options: PluginRequestOptions) {
    this.communityId = options.communityId ?? PLATFORM;
    this.viewer = options.viewer;
    this.settings = options.settings;
    this.correlationId = options.correlationId;
    this.permissions = new Set(options.permissions);
  }

  get actor(): Actor {
    return { id: this.viewer.id, permissions: [...this.permissions] };
  }

  may(permission: string): boolean {
    return this.permissions.has(permission);
  }

  /** @throws CodedError FORBIDDEN */
  require(permission: string): void {
    if (!this.may(permission)) throw forbidden(`This needs the permission ${permission}.`);
  }

  /**
   * The id of the next command. With an Idempotency-Key it derives from the key and the command's turn in the request
   * (mutations run one after the other), so the same request again names the same commands.
   */
  nextCommand(): { commandId: string; repeatable: boolean } {
    const { idempotencyKey } = this.options;
    if (idempotencyKey === undefined) return { commandId: newId(), repeatable: false };
    return {
      commandId: derivedId(
        'idempotency-key',
        this.communityId,
        this.viewer.id,
        idempotencyKey,
        this.commands++,
      ),
      repeatable: true,
    };
  }

  /** Position of the last event that this request led to; 0 for none. */
  get position(): bigint {
    return this.last;
  }

  wrote(position: bigint): void {
    if (position > this.last) this.last = position;
  }
}
