import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runJest } from './jest-process.ts';
import { endLeftServers } from './left-servers.ts';
import { NothingToTest, parseTestArguments } from './test-arguments.ts';
import { startTestServers } from './test-servers.ts';
import { summarize } from './test-summary.ts';
import type { TestOutcome, TestSummary } from './test-summary.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything lies in one directory, the specs' temporary files too, so nothing stays behind. */
async function testIn(directory: string, interruption: AbortSignal): Promise<TestSummary> {
  const { patterns, jestArguments } = parseTestArguments(root, process.argv.slice(2));
  const temporary = join(directory, 'tmp');
  const outcomeFile = join(directory, 'outcome.json');
  await mkdir(temporary);
  const servers = await startTestServers(join(directory, 'servers'));
  try {
    const begin = performance.now();
    const exit = await runJest({
      root,
      args: [...(patterns.length > 0 ? ['--passWithNoTests'] : []), ...patterns, ...jestArguments],
      environment: { ...process.env, ...servers.environment, TMPDIR: temporary },
      outcomeFile,
      interruption,
    });
    return summarize({
      ...exit,
      outcome: await readOutcome(outcomeFile),
      fewerProjects: patterns.length > 0,
      fewerTests: jestArguments.some((argument) => /^(-t|--testNamePattern)/.test(argument)),
      seconds: (performance.now() - begin) / 1000,
      servers: servers.description,
    });
  } finally {
    await servers.stop();
  }
}

async function readOutcome(file: string): Promise<TestOutcome | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestOutcome;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Aborts when somebody wants the tests to end, or when the process that started them is gone. */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => controller.abort());
  process.on('disconnect', () => controller.abort());
  process.channel?.unref();
  return controller.signal;
}

const interruption = interruptions();
const directory = await mkdtemp(join(tmpdir(), 'weinao-test-'));
await chmod(directory, 0o755); // PostgreSQL, where it runs as another user, has to pass through
try {
  const { lines, passed } = await testIn(directory, interruption);
  if (interruption.aborted) console.error('The tests were interrupted.');
  else for (const line of lines) console.log(line);
  process.exitCode = passed && !interruption.aborted ? 0 : 1;
} catch (error) {
  console.error(error instanceof NothingToTest ? error.message : error);
  process.exitCode = 1;
} finally {
  await endLeftServers(directory);
  await rm(directory, { recursive: true, force: true });
}
