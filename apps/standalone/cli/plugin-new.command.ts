import {
  checkChinese,
  checkCommand,
  checkEnglish,
  checkEvent,
  checkField,
  checkPluginId,
  newPlugin,
  suggestedEvent,
  thingOf,
} from '@weinao/scaffold';
import type { PluginAnswers } from '@weinao/scaffold';
import { Command } from 'commander';
import { refusing, repository, writeWithContract } from './plugin-contract.ts';
import { Questions } from './questions.ts';

interface NewOptions {
  readonly nameZh?: string;
  readonly nameEn?: string;
  readonly command?: string;
  readonly commandZh?: string;
  readonly event?: string;
  readonly field?: string;
  readonly yes?: true;
}

export const pluginNewCommand = (): Command =>
  new Command('new')
    .description('Write a plugin that lints, tests and runs at once · 新建一个可立即运行的插件')
    .argument('<id>', 'such as lost-items: its folder below apps/services, its subgraph and its schema')
    .option('--name-zh <name>', 'its name in zh-CN · 中文名称')
    .option('--name-en <name>', 'its name in English · 英文名称')
    .option('--command <Command>', 'its first command, a verb and a thing, such as ReportItem · 第一个命令')
    .option('--command-zh <name>', 'what the command is in zh-CN, such as 登记失物 · 命令的中文名称')
    .option('--event <Event>', 'what it leads to, such as ItemReported · 第一个事件')
    .option('--field <name>', 'the text that it says, such as description · 第一个字段')
    .option('--yes', 'ask nothing that has a suggestion · 采用建议值，不再询问')
    .action((id: string, options: NewOptions) => refusing(() => makePlugin(id, options)));

async function makePlugin(id: string, options: NewOptions): Promise<void> {
  const answers = await ask(checkPluginId(id), options);
  const paths = await writeWithContract(id, await newPlugin(repository, answers, Date.now()));
  console.log(nextSteps(answers, paths));
}

async function ask(id: string, options: NewOptions): Promise<PluginAnswers> {
  using questions = new Questions(options.yes ?? false);
  const nameZh = await questions.answer(options.nameZh, {
    ...{ flag: '--name-zh', text: 'Its name in zh-CN · 中文名称', check: checkChinese },
  });
  const nameEn = await questions.answer(options.nameEn, {
    ...{ flag: '--name-en', text: 'Its name in English · 英文名称', check: checkEnglish },
    suggestion: asSentence(id),
  });
  const command = await questions.answer(options.command, {
    ...{ flag: '--command', text: 'Its first command, a verb and a thing, such as ReportItem · 第一个命令' },
    check: checkCommand,
  });
  const commandZh = await questions.answer(options.commandZh, {
    ...{ flag: '--command-zh', text: `${command} in zh-CN · 命令的中文名称`, check: checkChinese },
  });
  const event = await questions.answer(options.event, {
    ...{ flag: '--event', text: 'What happened then · 随后发生的事件', suggestion: suggestedEvent(command) },
    check: (name) => checkEvent(name, thingOf(command)),
  });
  const field = await questions.answer(options.field, {
    ...{ flag: '--field', text: 'The text that it holds · 它的文本字段', suggestion: 'description' },
    check: checkField,
  });
  return { id, nameZh, nameEn, command, commandZh, event, field };
}

const asSentence = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

const nextSteps = ({ id, command }: PluginAnswers, paths: readonly string[]): string =>
  [
    ...paths.map((path) => `  ${path}`),
    `  apps/services/${id}/contract/`,
    '',
    `The plugin ${id} is written · 插件 ${id} 已生成`,
    '',
    `  npm test -- apps/services/${id}    its tests · 运行测试`,
    '  npm start                          run it with all others · 与其他插件一起启动',
    `  npm run weinao -- plugin add command ${id} <Command> <Event>    what comes after ${command} · 添加命令`,
    '',
    'It is on where a community enables it · 社区启用后才可用: docs/tutorials/your-first-plugin.md',
  ].join('\n');
