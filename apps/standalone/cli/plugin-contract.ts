import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StartupError } from '@weinao/plugins';
import { Refused } from '@weinao/scaffold';
import type { ChangeSet } from '@weinao/scaffold';

/** Of the repository that this command line belongs to. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Writes the sources of a plugin and then its contract/, or nothing at all. @returns the paths of the sources */
export async function writeWithContract(id: string, changes: ChangeSet): Promise<string[]> {
  const paths = await changes.write();
  await changes.keep(`apps/services/${id}/contract`);
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--enable-source-maps', '--import', './tools/typescript.mjs', 'tools/generate-contracts.ts', id],
    { cwd: repository, encoding: 'utf8' },
  );
  if (status === 0) return paths;
  await changes.takeBack();
  throw new StartupError(`Nothing was changed, because its contract could not be made:\n${stderr}`);
}

/** What people are told of a refusal is its sentence alone. */
export async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) throw new StartupError(error.message);
    throw error;
  }
}
