import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabaseServer } from '@weinao/testing';
import { RepositoryCopy } from './repository.copy.ts';

const FOLDER = 'apps/services/lost-items';
const answers = [
  ...['--name-zh', '失物招领', '--name-en', 'Lost items', '--command', 'ReportItem'],
  ...['--command-zh', '登记失物', '--event', 'ItemReported', '--field', 'description'],
];

let copy: RepositoryCopy;

beforeAll(async () => {
  copy = await RepositoryCopy.make();
});
afterAll(() => copy.remove());

const make = () => copy.weinao('plugin', 'new', 'lost-items', ...answers);
const add = (...args: string[]) => copy.weinao('plugin', 'add', ...args);

describe('a plugin that cannot be', () => {
  it('is refused in one sentence, also where nobody can be asked', async () => {
    expect(await copy.weinao('plugin', 'new', 'Lost')).toEqual({
      code: 1,
      output: expect.stringMatching(/^"Lost" is no id of a plugin: [^\n]+\.\n$/),
    });
    expect(await copy.weinao('plugin', 'new', 'lost-items', '--yes')).toEqual({
      code: 1,
      output: 'Name it with --name-zh: Its name in zh-CN · 中文名称.\n',
    });
  });

  it('leaves nothing behind where its contract cannot be made', async () => {
    const generator = await copy.textOf('tools/generate-contracts.ts');
    const before = await copy.textOf('apps/standalone/plugins.ts');
    await writeFile(join(copy.directory, 'tools/generate-contracts.ts'), 'process.exit(1);');
    try {
      expect(await make()).toMatchObject({ code: 1, output: expect.stringMatching(/Nothing was changed/) });
    } finally {
      await writeFile(join(copy.directory, 'tools/generate-contracts.ts'), generator);
    }
    expect(await copy.textOf('apps/standalone/plugins.ts')).toBe(before);
    await expect(copy.textOf(`${FOLDER}/manifest.ts`)).rejects.toThrow('ENOENT');
  });
});

describe('a plugin that was written and extended', () => {
  beforeAll(async () => {
    const ended = [
      await make(),
      await add(
        'command',
        'lost-items',
        'ReturnItem',
        'ItemReturned',
        '--name-zh',
        '归还',
        '--field',
        'owner',
      ),
      await add('command', 'lost-items', 'DiscardItem', 'ItemDiscarded', '--name-zh', '处理失物'),
      await add('projection', 'lost-items', 'item-count'),
      await add('reaction', 'lost-items', 'found-by-ticket', '--follows', 'tickets.TicketOpened'),
      await add('reaction', 'lost-items', 'return-at-once', '--follows', 'ItemReported'),
    ];
    expect(ended.filter(({ code }) => code !== 0)).toEqual([]);
  }, 240_000);

  it('is formatted and linted', async () => {
    const passed = { code: 0 };
    expect(await copy.node(['node_modules/prettier/bin/prettier.cjs', '--check', FOLDER])).toMatchObject(
      passed,
    );
    const eslint = ['node_modules/eslint/bin/eslint.js', FOLDER, '--max-warnings', '0'];
    expect(await copy.node(eslint)).toEqual({ code: 0, output: '' });
  }, 240_000);

  it('is rightly typed', async () => {
    const project = { extends: './tsconfig.json', include: [`${FOLDER}/**/*.ts`] };
    await writeFile(join(copy.directory, 'tsconfig.new.json'), JSON.stringify(project));
    const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.new.json'];
    expect(await copy.node(tsc)).toEqual({ code: 0, output: '' });
  }, 240_000);

  it('passes its own tests', async () => {
    const jest = [
      '--experimental-vm-modules',
      'node_modules/jest/bin/jest.js',
      '--config',
      'jest.preset.mjs',
    ];
    const { code, output } = await copy.node([...jest, '--rootDir', copy.directory, '-i', FOLDER], {
      WEINAO_TEST_OUTCOME: join(copy.directory, 'outcome.json'),
    });
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/6 passed, 6 total/) });
  }, 240_000);

  it('keeps to what the highest level asks', async () => {
    const environment = { DATABASE_URL: testDatabaseServer() };
    const check = ['plugin', 'check', FOLDER, '--level', 'gold', '--json'];
    const { code, output } = await copy.node(['apps/standalone/bin/weinao.mjs', ...check], environment);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/"reached": "gold"/) });
  }, 240_000);

  it('has each command once', async () => {
    const again = await add('command', 'lost-items', 'ReturnItem', 'ItemReturned', '--name-zh', '归还');
    expect(again).toEqual({ code: 1, output: 'lost-items has ReturnItem already.\n' });
  });

  it('is left alone where a file has changed beyond recognition, and says what to add by hand', async () => {
    const spec = `${FOLDER}/domain/item.decider.spec.ts`;
    await writeFile(join(copy.directory, spec), 'export {};');
    const before = await copy.textOf(`${FOLDER}/domain/item.decider.ts`);
    const { code, output } = await add('command', 'lost-items', 'SellItem', 'ItemSold', '--name-zh', '出售');
    expect(code).toBe(1);
    expect(output).toMatch(/Nothing was changed.*item\.decider\.spec\.ts:\n.*describe\('sellItem'/s);
    expect(await copy.textOf(`${FOLDER}/domain/item.decider.ts`)).toBe(before);
  });

  it('is another kind than those written by hand, which are refused', async () => {
    const refused = await add('projection', 'notices', 'notice-count');
    expect(refused).toEqual({ code: 1, output: expect.stringMatching(/add to it by hand/) });
  });
});
