import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface ContractFile {
  readonly path: string;
  readonly text: string;
}

/** A check-out may have given the committed text other line ends. */
export async function isStale({ path, text }: ContractFile): Promise<boolean> {
  const committed = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return committed?.replaceAll('\r\n', '\n') !== text;
}

export async function write({ path, text }: ContractFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
