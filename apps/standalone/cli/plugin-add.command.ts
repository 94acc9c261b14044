import { addCommand, addProjection, addReaction, checkChinese } from '@weinao/scaffold';
import type { ChangeSet } from '@weinao/scaffold';
import { Command } from 'commander';
import { refusing, repository, writeWithContract } from './plugin-contract.ts';
import { Questions } from './questions.ts';

interface CommandOptions {
  readonly nameZh?: string;
  readonly field?: string;
}

export const pluginAddCommand = (): Command =>
  new Command('add')
    .description('Extend a plugin that `plugin new` wrote · 扩展插件')
    .addCommand(commandCommand())
    .addCommand(projectionCommand())
    .addCommand(reactionCommand());

const commandCommand = (): Command =>
  new Command('command')
    .description('A further command of its thing, and the event that it leads to · 添加命令与事件')
    .argument('<plugin>', 'such as lost-items')
    .argument('<Command>', 'a verb and the thing, such as ReturnItem')
    .argument('<Event>', 'the thing and what happened to it, such as ItemReturned')
    .option('--name-zh <name>', 'what the command is in zh-CN, such as 归还失物 · 命令的中文名称')
    .option('--field <name>', 'a text that it says; without one it says only that it happened · 文本字段')
    .action((plugin: string, command: string, event: string, { nameZh, field }: CommandOptions) =>
      add(plugin, async () => {
        using questions = new Questions(false);
        const commandZh = await questions.answer(nameZh, {
          ...{ flag: '--name-zh', text: `${command} in zh-CN · 命令的中文名称`, check: checkChinese },
        });
        return addCommand(repository, { plugin, command, commandZh, event, field });
      }),
    );

const projectionCommand = (): Command =>
  new Command('projection')
    .description('A further read model, with its query: how often the first event happened · 添加读模型')
    .argument('<plugin>', 'such as lost-items')
    .argument('<name>', 'such as item-count')
    .action((plugin: string, name: string) =>
      add(plugin, () => addProjection(repository, { plugin, name }, Date.now())),
    );

const reactionCommand = (): Command =>
  new Command('reaction')
    .description('What follows from an event: a command of the plugin · 添加对事件的反应')
    .argument('<plugin>', 'such as lost-items')
    .argument('<name>', 'such as found-by-ticket')
    .requiredOption('--follows <event>', 'tickets.TicketOpened, or an event of its own · 所跟随的事件')
    .action((plugin: string, name: string, { follows }: { readonly follows: string }) =>
      add(plugin, () => addReaction(repository, { plugin, name, follows })),
    );

const add = (plugin: string, changesOf: () => Promise<ChangeSet>): Promise<void> =>
  refusing(async () => {
    const paths = await writeWithContract(plugin, await changesOf());
    const tests = `npm test -- apps/services/${plugin}`;
    console.log([...paths.map((path) => `  ${path}`), '', `Its tests · 运行测试: ${tests}`].join('\n'));
  });
