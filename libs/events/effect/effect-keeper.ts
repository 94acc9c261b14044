import type { Pool } from 'pg';
import { addEffects } from './effect-rows.ts';
import type { KeptEffect } from './effect-rows.ts';
import type { EffectRequest, OutsideEffect } from './outside-effect.ts';
import { LogKeeper, versionOf } from '../due/log-keeper.ts';
import { storableJson, storableKey } from '../due/storable.ts';
import type { Recorded } from '../event.ts';
import type { EventLog } from '../log/event-log.ts';

export interface EffectKeeperOptions {
  readonly pool: Pool;
  /** The plugin's schema. */
  readonly schema: string;
  readonly log: EventLog;
  readonly effects: readonly OutsideEffect[];
  onAdded(): void;
  report(message: string, error?: unknown): void;
}

/** Keeps a row for each outside effect that the plugin's log leads to. */
export class EffectKeeper extends LogKeeper<KeptEffect> {
  constructor({ pool, schema, log, effects, onAdded, report }: EffectKeeperOptions) {
    super({
      name: 'effects',
      version: versionOf(effects),
      ...{ pool, schema, log, report },
      changesOf: (event) =>
        effects.flatMap((effect) =>
          effect.requests(event).map((request) => kept(effect.name, request, event)),
        ),
      write: (client, added) => addEffects(client, schema, added),
      clear: () => Promise.resolve(), // what was done outside cannot be taken back
      written: onAdded,
    });
  }
}

const kept = (
  name: string,
  { key, kind, payload }: EffectRequest,
  { id, metadata }: Recorded,
): KeptEffect => ({
  name,
  communityId: metadata.communityId,
  key: storableKey(key),
  eventId: id,
  kind: storableKey(kind),
  payload: storableJson(payload),
});
