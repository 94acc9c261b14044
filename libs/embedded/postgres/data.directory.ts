import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DataDirectoryUnusable, codeOf } from './postgres.errors.ts';

export const serverUser = 'weinao';

/** Where the parts of an embedded server lie. */
export interface DataDirectory {
  path: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  log: string;
  passwordFile: string;
}

export function dataDirectory(directory: string): DataDirectory {
  const path = resolve(directory);
  const cluster = join(path, 'postgres');
  return { path, cluster, log: join(cluster, 'server.log'), passwordFile: join(path, 'postgres.json') };
}

export async function makeWritable({ path, cluster }: DataDirectory): Promise<void> {
  await mkdir(path, { recursive: true });
  await access(path, constants.W_OK | constants.X_OK);
  const uid = process.getuid?.();
  const owner = await ownerOf(cluster);
  if (uid !== 0 && owner !== undefined && uid !== undefined && owner !== uid) {
    throw new DataDirectoryUnusable(path, 'its postgres directory belongs to another user');
  }
}

export async function ownerOf(path: string): Promise<number | undefined> {
  return (await unlessMissing(stat(path)))?.uid;
}

export async function isInitialized({ cluster }: DataDirectory): Promise<boolean> {
  return (await unlessMissing(stat(join(cluster, 'PG_VERSION')))) !== undefined;
}

export async function storedPassword({ passwordFile }: DataDirectory): Promise<string | undefined> {
  const text = await unlessMissing(readFile(passwordFile, 'utf8'));
  return text === undefined ? undefined : (JSON.parse(text) as { password: string }).password;
}

/** Two processes at their first start must agree on one password, so the file appears whole and only once. */
export async function createPassword({ passwordFile }: DataDirectory): Promise<void> {
  const draft = `${passwordFile}.${process.pid}`;
  const password = randomBytes(24).toString('hex');
  await rm(draft, { force: true });
  await writeFile(draft, `${JSON.stringify({ user: serverUser, password })}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, passwordFile);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export function connectionUrl(password: string, port: number, database: string): string {
  return `postgresql://${serverUser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

export async function unlessMissing<Result>(reading: Promise<Result>): Promise<Result | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
