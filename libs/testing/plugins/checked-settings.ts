import type { Bus } from '@weinao/events';
import { wireSubjects } from '@weinao/plugins';
import type { Settings, SettingsReply } from '@weinao/plugins';

const DEADLINE_MS = 5_000;

/**
 * As the communities service does: the plugin itself checks its settings and fills in the defaults.
 *
 * @throws Error naming the problems of settings that do not fit
 */
export async function checkedSettings(bus: Bus, plugin: string, given: Settings): Promise<Settings> {
  const request = JSON.stringify({ settings: given });
  const reply = await bus.request(wireSubjects.settings(plugin), request, { timeoutMs: DEADLINE_MS });
  const { settings, problems } = JSON.parse(reply) as SettingsReply;
  if (!settings) throw new Error(`These settings do not fit ${plugin}: ${JSON.stringify(problems)}`);
  return settings;
}
