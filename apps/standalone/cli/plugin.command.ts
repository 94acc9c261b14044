import { Command } from 'commander';
import { pluginNewCommand } from './plugin-new.command.ts';

export const pluginCommand = (): Command =>
  new Command('plugin').description('Make a plugin · 新建插件').addCommand(pluginNewCommand());
