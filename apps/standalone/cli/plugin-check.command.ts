import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { LEVELS } from '@weinao/plugins';
import type { Level } from '@weinao/plugins';
import { Command, Option } from 'commander';
import { ProgressLine } from './progress-line.ts';
import { checkFolder } from './plugin-folder.check.ts';
import { printReport, reaches } from './plugin.report.ts';

interface CheckOptions {
  readonly level?: Level;
  readonly json?: true;
}

export const pluginCheckCommand = (): Command =>
  new Command('check')
    .description(
      'Tell a plugin’s story to it and look whether it keeps to what each level asks; exit code 1 below the level that it claims · 插件合规检查：未达到所声明的等级时退出码为 1',
    )
    .argument('<folder>', 'of the plugin, such as apps/services/tickets · 插件所在目录')
    .addOption(
      new Option('--level <level>', 'ask for this level instead of the claimed one · 要求达到的等级').choices(
        LEVELS,
      ),
    )
    .option('--json', 'for machines')
    .action(async (path: string, { level, json }: CheckOptions) => {
      const line = new ProgressLine();
      const folder = pathToFileURL(`${resolve(path)}/`);
      const report = await checkFolder(folder, (title) => line.show(`Looking whether it ${title}`));
      line.end(`${report.plugin}: ${report.reached ?? 'no level'}`);
      if (json) console.log(JSON.stringify(report, undefined, 2));
      else printReport(report);
      const asked = level ?? report.claimed;
      if (!reaches(report, asked)) process.exitCode = 1;
    });

/** For now the only one of its kind. */
export const pluginCommand = (): Command =>
  new Command('plugin').description('For who writes plugins · 插件开发').addCommand(pluginCheckCommand());
