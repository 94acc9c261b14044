import type { EffectRow, EffectState } from '@weinao/events';
import { pluginEffects, revivePluginEffects } from '@weinao/plugins';
import type { Plugin } from '@weinao/plugins';
import { Command, Option } from 'commander';
import { withDatabase } from './data.database.ts';
import { knownPlugin, pluginIds } from './known-plugin.ts';
import { plugins } from '../plugins.ts';

interface ListOptions {
  readonly state?: EffectState;
  readonly json?: boolean;
}

interface RetryOptions {
  readonly key?: readonly string[];
  readonly json?: boolean;
}

type Line = EffectRow & { readonly plugin: string };

const ONE_PLUGIN = `of this one only, of: ${pluginIds}`;
const JSON_LINES = 'one JSON object a line, for programs · 每行一个 JSON';

export const effectsCommand = (): Command =>
  new Command('effects')
    .description('What plugins do outside (webhooks, SMS), and what became of it · 外部动作')
    .addCommand(listCommand())
    .addCommand(retryCommand());

const listCommand = (): Command =>
  new Command('list')
    .description('List outside effects, up to 1,000 a plugin · 列出外部动作')
    .argument('[plugin]', ONE_PLUGIN)
    .addOption(
      new Option('--state <state>', 'only these · 仅列出此状态').choices(['pending', 'done', 'dead']),
    )
    .option('--json', JSON_LINES)
    .action(async (id: string | undefined, { state, json }: ListOptions) => {
      await forEach(id, async (plugin, databaseUrl) => {
        const effects = await pluginEffects(plugin, databaseUrl, state ? { state } : {});
        for (const effect of effects) print({ plugin: plugin.manifest.id, ...effect }, json);
      });
    });

const retryCommand = (): Command =>
  new Command('retry')
    .description('Give dead outside effects all their tries again · 重试失败的外部动作')
    .argument('[plugin]', ONE_PLUGIN)
    .option('--key <key...>', 'only those with these keys · 仅重试这些键')
    .option('--json', JSON_LINES)
    .action(async (id: string | undefined, { key, json }: RetryOptions) => {
      let count = 0;
      await forEach(id, async (plugin, databaseUrl) => {
        const which = (effect: EffectRow): boolean => key?.includes(effect.key) ?? true;
        const revived = await revivePluginEffects(plugin, databaseUrl, which);
        for (const effect of revived) print({ plugin: plugin.manifest.id, ...effect }, json);
        count += revived.length;
      });
      console.error(`${count} dead effects are tried again.`);
    });

async function forEach(
  id: string | undefined,
  work: (plugin: Plugin, databaseUrl: string) => Promise<void>,
): Promise<void> {
  const chosen = id === undefined ? plugins : [knownPlugin(id)];
  await withDatabase(async (databaseUrl) => {
    for (const plugin of chosen) await work(plugin, databaseUrl);
  });
}

function print(effect: Line, json = false): void {
  if (json) return console.log(JSON.stringify(effect));
  const { plugin, name, communityId, kind, key, state, tries, nextTry, error } = effect;
  const next = state === 'pending' ? `, next ${nextTry}` : '';
  const why = error === null ? '' : `: ${error}`;
  console.log(`${state}  ${plugin} ${name} ${kind}  ${communityId}  ${key}  ${tries} tries${next}${why}`);
}
