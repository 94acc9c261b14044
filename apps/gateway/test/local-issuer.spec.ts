import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidToken, LocalIssuer } from '../authentication/local-issuer.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weinao-issuer-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const ofWang = {
  subject: 'wang',
  roles: ['worker'],
  communityId: 'osmanthus-court',
  lifetime: '1h',
} as const;

/** A process of its own that opens the issuer and prints a token. */
async function tokenOfAnotherProcess(): Promise<string> {
  const loader = new URL('../../../tools/typescript.mjs', import.meta.url).href;
  const program = fileURLToPath(new URL('local-issuer.process.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', loader, program, directory]);
  return stdout.trim();
}

describe('the built-in issuer of tokens', () => {
  it('is one for all processes that open its directory at the same moment', async () => {
    const tokens = await Promise.all([tokenOfAnotherProcess(), tokenOfAnotherProcess()]);
    const issuer = await LocalIssuer.open(directory);
    for (const token of tokens) {
      expect(await issuer.verify(token)).toEqual({
        id: 'wang',
        roles: ['worker'],
        communityId: 'osmanthus-court',
      });
    }
  });

  it('is one for many that open it at once in this process', async () => {
    const issuers = await Promise.all(Array.from({ length: 20 }, () => LocalIssuer.open(directory)));
    const token = await issuers[0]!.issue(ofWang);
    for (const issuer of issuers) expect((await issuer.verify(token)).id).toBe('wang');
  });

  it('keeps its key where only its own user can read it, and nothing else beside it', async () => {
    await LocalIssuer.open(join(directory, 'new', 'deep'));
    const file = join(directory, 'new', 'deep', 'issuer.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(directory, 'new', 'deep'))).toEqual(['issuer.json']);
  });

  it('says which file it is that holds no key', async () => {
    await writeFile(join(directory, 'issuer.json'), '');
    await expect(LocalIssuer.open(directory)).rejects.toThrow(/issuer\.json/);
  });

  it('refuses an expired token, and one of another directory', async () => {
    const issuer = await LocalIssuer.open(directory);
    const other = await LocalIssuer.open(join(directory, 'other'));
    await expect(issuer.verify(await issuer.issue({ ...ofWang, lifetime: '-1m' }))).rejects.toThrow(
      InvalidToken,
    );
    await expect(issuer.verify(await other.issue(ofWang))).rejects.toThrow(InvalidToken);
  });
});
