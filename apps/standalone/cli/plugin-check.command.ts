import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { LEVELS, StartupError } from '@weinao/plugins';
import type { Level } from '@weinao/plugins';
import { Command, Option } from 'commander';
import { ProgressLine } from './progress-line.ts';
import { checkFolder, checkRunning } from './plugin-folder.check.ts';
import type { PluginReport } from './plugin-folder.check.ts';
import { printReport, reaches } from './plugin.report.ts';

interface CheckOptions {
  readonly announced?: string;
  readonly level?: Level;
  readonly json?: true;
}

export const pluginCheckCommand = (): Command =>
  new Command('check')
    .description(
      'Tell a plugin’s story to it and look whether it keeps to what each level asks; exit code 1 below the level that it claims · 插件合规检查：未达到所声明的等级时退出码为 1',
    )
    .argument('[folder]', 'of the plugin, such as apps/services/tickets · 插件所在目录')
    .option(
      '--announced <id>',
      'instead of a folder: look from outside at a plugin that runs on NATS_URL, in whatever language · 检查正在运行的插件',
    )
    .addOption(
      new Option('--level <level>', 'ask for this level instead of the claimed one · 要求达到的等级').choices(
        LEVELS,
      ),
    )
    .option('--json', 'for machines')
    .action(async (folder: string | undefined, { announced, level, json }: CheckOptions) => {
      const line = new ProgressLine();
      const progress = (title: string): void => line.show(`Looking whether it ${title}`);
      const report = await checked(folder, announced, progress);
      line.end(`${report.plugin}: ${report.reached ?? 'no level'}`);
      if (json) console.log(JSON.stringify(report, undefined, 2));
      else printReport(report);
      const asked = level ?? report.claimed;
      if (!reaches(report, asked)) process.exitCode = 1;
    });

function checked(
  folder: string | undefined,
  announced: string | undefined,
  progress: (title: string) => void,
): Promise<PluginReport> {
  if ((folder === undefined) === (announced === undefined))
    throw new StartupError('Name the folder of a plugin, or one that runs: --announced <id>.');
  return folder === undefined
    ? checkRunning(announced!, progress)
    : checkFolder(pathToFileURL(`${resolve(folder)}/`), progress);
}
