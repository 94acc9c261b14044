import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { PluginService } from './plugin-service.ts';
import type { Settings } from '../directory/directory.events.ts';
import { CodedError } from '../graphql/coded-error.ts';
import { problemsOf } from '../graphql/bad-user-input.ts';
import type { Plugin } from '../plugin.ts';
import type { SettingsReply } from '../wire/subgraph.protocol.ts';

export const DIRECTORY_DEADLINE_MS = 5_000;

class NoSettings {}

/**
 * The plugin's settings in a community. The gateway has looked already; the service looks again, because what is off must
 * stay off whoever asks.
 *
 * @throws CodedError NOT_FOUND, PLUGIN_NOT_ENABLED
 */
export async function settingsIn(
  { plugin: { manifest }, directory }: PluginService,
  { communityId, directoryPosition }: { communityId: string | null; directoryPosition: string },
): Promise<Settings> {
  await directory.reached(BigInt(directoryPosition), DIRECTORY_DEADLINE_MS);
  const community = communityId === null ? undefined : directory.community(communityId);
  if (!community) throw new CodedError('NOT_FOUND', 'There is no such community.');
  const settings = community.plugins.get(manifest.id);
  if (settings) return settings;
  if (manifest.scope === 'platform') return {};
  throw new CodedError('PLUGIN_NOT_ENABLED', `${manifest.id} is not enabled for ${community.id}.`);
}

/** Checks what a community wants to set against the plugin's settings class, and fills in the defaults. */
export function checkSettings(plugin: Plugin, given: unknown): SettingsReply {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    return { problems: [{ path: 'settings', rule: 'object', message: 'settings must be an object' }] };
  }
  const settings = plainToInstance((plugin.settings ?? NoSettings) as new () => object, given, {
    exposeDefaultValues: true,
  });
  const problems = problemsOf(
    validateSync(settings, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
    'settings',
  );
  return problems.length > 0 ? { problems } : { settings: { ...settings }, problems: [] };
}
