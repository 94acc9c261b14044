import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { problemsOf } from '../graphql/bad-user-input.ts';
import type { Plugin } from '../plugin.ts';
import type { SettingsReply } from '../wire/subgraph.protocol.ts';

class NoSettings {}

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
