import type { ChainPoint } from '@weinao/events';
import { diagnose, reportToConsole, StartupError } from '@weinao/plugins';
import type { Diagnosis } from '@weinao/plugins';
import { Command } from 'commander';
import { withDatabase } from './data.database.ts';
import { knownPlugin, pluginIds } from './known-plugin.ts';
import { ProgressLine } from './progress-line.ts';
import { plugins } from '../plugins.ts';

interface DoctorOptions {
  readonly expect?: readonly string[];
  readonly json?: true;
}

const NOTED = /^([a-z0-9][a-z0-9-]*)=(\d{1,19}):([0-9a-f]{64})$/;

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description(
      'Verify that each log is what was appended, and look for what was given up; exit code 1 with findings · 体检：校验日志哈希链，查找搁置的事件流等问题',
    )
    .argument('[plugin...]', `of: ${pluginIds}; all of them where none is named`)
    .option(
      '--expect <plugin=position:link...>',
      'where a chain stood once, as printed here and kept elsewhere: tells also of a chain that was made anew · 与此前记下的链位置核对',
    )
    .option('--json', 'for machines')
    .action(async (ids: string[], { expect = [], json }: DoctorOptions) => {
      const noted = new Map(expect.map(parseNoted));
      const asked = ids.length > 0 ? ids.map(knownPlugin) : plugins;
      const line = new ProgressLine();
      const diagnoses = await withDatabase(async (databaseUrl) => {
        const all: Diagnosis[] = [];
        for (const plugin of asked) {
          const { id } = plugin.manifest;
          all.push(
            await diagnose(plugin, {
              databaseUrl,
              inKurrent: Boolean(process.env.KURRENTDB_URL),
              expected: noted.get(id),
              progress: (position, head) => line.show(`${id}: ${position} of ${head} events verified`),
              report: reportToConsole,
            }),
          );
        }
        return all;
      });
      const findings = diagnoses.reduce((sum, diagnosis) => sum + diagnosis.findings.length, 0);
      line.end(findings === 0 ? 'Nothing was found.' : `Findings: ${findings}.`);
      if (json) console.log(JSON.stringify(diagnoses, bigintsAsText, 2));
      else for (const diagnosis of diagnoses) print(diagnosis);
      if (findings > 0) process.exitCode = 1;
    });

/** @throws StartupError for what is no noted place, or of no plugin that is known here */
function parseNoted(text: string): [string, ChainPoint] {
  const [, id, position, link] = NOTED.exec(text) ?? [];
  if (id === undefined)
    throw new StartupError(
      `"${text}" is no place in a chain: write <plugin>=<position>:<link>, as printed here.`,
    );
  knownPlugin(id);
  return [id, { position: BigInt(position!), link: link! }];
}

const bigintsAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value;

function print({ plugin, chain, findings }: Diagnosis): void {
  console.log(
    chain
      ? `${plugin}=${chain.position}:${chain.link}`
      : `${plugin}: its log is in KurrentDB, where no chain of ours can be verified`,
  );
  for (const { check, message } of findings) console.log(`  ${check}: ${message}`);
}
