import { addEffects } from './effect-rows.ts';
import type { KeptEffect } from './effect-rows.ts';
import type { EffectsOptions } from './effects.options.ts';
import type { EffectRequest } from './outside-effect.ts';
import { LogKeeper, versionOf } from '../due/log-keeper.ts';
import { storableJson, storableKey } from '../due/storable.ts';
import type { Recorded } from '../event.ts';

/** Keeps a row for each outside effect that the plugin's log leads to. */
export class EffectKeeper extends LogKeeper<KeptEffect> {
  constructor({ plugin, pool, log, effects, report }: EffectsOptions, onAdded: () => void) {
    super({
      name: 'effects',
      version: versionOf(effects),
      ...{ pool, schema: plugin, log },
      report: (message, error) => report(message, error),
      changesOf: (event) =>
        effects.flatMap((effect) =>
          effect.requests(event).map((request) => kept(effect.name, request, event)),
        ),
      write: (client, added) => addEffects(client, plugin, added),
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
