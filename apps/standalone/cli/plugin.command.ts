import { Command } from 'commander';
import { pluginAddCommand } from './plugin-add.command.ts';
import { pluginNewCommand } from './plugin-new.command.ts';

export const pluginCommand = (): Command =>
  new Command('plugin')
    .description('Make a plugin, and extend it · 新建与扩展插件')
    .addCommand(pluginNewCommand())
    .addCommand(pluginAddCommand());
