import { Command } from 'commander';
import { pluginAddCommand } from './plugin-add.command.ts';
import { pluginCheckCommand } from './plugin-check.command.ts';
import { pluginNewCommand } from './plugin-new.command.ts';

export const pluginCommand = (): Command =>
  new Command('plugin')
    .description('Make a plugin, extend it, and check it · 新建、扩展与检查插件')
    .addCommand(pluginNewCommand())
    .addCommand(pluginAddCommand())
    .addCommand(pluginCheckCommand());
