import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { RepositoryCopy } from './repository.copy.ts';
import { stepsOf } from './tutorial.ts';
import type { Step } from './tutorial.ts';
import { StartedProcess } from '../started.process.ts';

const page = (name: string): URL => new URL(`../../../../docs/tutorials/${name}`, import.meta.url);

/** Packages are linked here already, and the plugin's own tests are run by another spec. */
const ELSEWHERE = /^npm (ci|test) /;
/** Before these the page has the reader stop what runs. */
const WHILE_STOPPED = /plugin add command|^rm /;

/** Does what a page says, as its reader would. */
class Reader {
  private running: StartedProcess | undefined;
  private url = '';
  private readonly variables: string[] = [];

  constructor(
    private readonly copy: RepositoryCopy,
    private readonly database: TestDatabase,
  ) {}

  /** @returns what the command prints */
  async follow({ command }: Step): Promise<string> {
    if (ELSEWHERE.test(command)) return '';
    if (WHILE_STOPPED.test(command)) await this.stop();
    if (command === 'npm start') return this.start();
    if (/^[A-Z]+=/.test(command)) {
      this.variables.push(command);
      return '';
    }
    const used = this.variables.filter((line) => command.includes(`$${line.split('=')[0]!}`));
    const script = [...used, command].join('\n').replaceAll('http://localhost:4000', this.url);
    return this.copy.shell(script);
  }

  async stop(): Promise<void> {
    await this.running?.kill('SIGTERM');
    this.running = undefined;
  }

  private async start(): Promise<string> {
    const { directory } = this.copy;
    const environment = { DATABASE_URL: this.database.url, WEINAO_DEMO: 'on', PORT: '0' };
    this.running = new StartedProcess('apps/standalone/main.ts', { environment, directory });
    const [, url] = await this.running.until(/Weinao is ready .* (http:\S+)/);
    this.url = url!;
    return '';
  }
}

describe('the tutorial of the first plugin', () => {
  let copy: RepositoryCopy;
  let database: TestDatabase;
  let reader: Reader;

  beforeAll(async () => {
    [copy, database] = await Promise.all([RepositoryCopy.make(), createTestDatabase()]);
    await copy.commit();
    reader = new Reader(copy, database);
  }, 120_000);

  afterAll(async () => {
    await reader.stop();
    await copy.remove();
    await database.close();
  });

  it('comes true to the letter, and leaves the repository as it was', async () => {
    const steps = await stepsOf(page('your-first-plugin.md'));
    for (const step of steps) {
      const printed = await reader.follow(step);
      if ('answer' in step)
        expect({ of: step.command, answer: JSON.parse(printed) }).toEqual({
          of: step.command,
          answer: step.answer,
        });
    }
    expect(steps.filter((step) => 'answer' in step).length).toBeGreaterThan(4);
    expect(await copy.shell('git status --porcelain')).toBe('');
  }, 240_000);

  it('says the same in both languages, but for what was found', async () => {
    const [english, chinese] = [
      await stepsOf(page('your-first-plugin.md')),
      await stepsOf(page('your-first-plugin.zh-CN.md')),
    ];
    const inEnglish = JSON.stringify(chinese).replaceAll('一把蓝色雨伞', 'A blue umbrella');
    expect(JSON.parse(inEnglish)).toEqual(english);
  });
});
