import { StartupError } from '@weinao/plugins';
import { Command } from 'commander';
import { busCommand } from './cli/bus.command.ts';
import { effectsCommand } from './cli/effects.command.ts';
import { clockCommand } from './cli/clock.command.ts';
import { doctorCommand } from './cli/doctor.command.ts';
import { importCommand } from './cli/import.command.ts';
import { parkedCommand } from './cli/parked.command.ts';
import { pluginCommand } from './cli/plugin.command.ts';
import { rebuildCommand } from './cli/rebuild.command.ts';
import { tokenCommand } from './cli/token.command.ts';

const program = new Command('weinao')
  .description('The command line of Weinao, the community micro-brain · 社区微脑命令行')
  .addCommand(tokenCommand())
  .addCommand(importCommand())
  .addCommand(rebuildCommand())
  .addCommand(doctorCommand())
  .addCommand(parkedCommand())
  .addCommand(busCommand())
  .addCommand(effectsCommand())
  .addCommand(clockCommand())
  .addCommand(pluginCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exitCode = 1;
}
