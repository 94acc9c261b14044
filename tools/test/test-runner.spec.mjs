import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pinnedNode, Refusal, requireNode, root } from '../installation.mjs';

let directory;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weinao-runner-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const run = (args, environment = {}) =>
  spawnSync(pinnedNode(), [join(root, 'tools', 'test.mjs'), ...args], {
    cwd: directory,
    env: { ...process.env, TMPDIR: directory, NODE_OPTIONS: '', ...environment },
    encoding: 'utf8',
  });

const lastLine = (text) => text.trimEnd().split('\n').at(-1);

/** Runs a spec that lies beside these, because Jest finds none outside the repository, but that no other run takes up. */
async function runSpec(text) {
  const file = join(root, 'tools', 'test', `planted-${process.pid}.example.mjs`);
  await writeFile(file, `import { expect, it } from '@jest/globals';\n${text}\n`);
  try {
    return run([file, '--', '--testMatch=**/*.example.mjs']);
  } finally {
    await rm(file);
  }
}

describe('npm test', () => {
  it('says in one sentence what to install when there is neither nats-server nor a package manager', () => {
    const { status, stdout, stderr } = run(['tools'], { PATH: '' });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^The tests need nats-server, .*`apt-get install nats-server`.*nats\.io\/download\.\n$/,
    );
  });

  it('says so when there is nothing to test', () => {
    const { status, stderr } = run(['apps/nowhere']);
    expect(status).toBe(1);
    expect(stderr).toBe('There is no apps/nowhere to test.\n');
  });

  it('hands real servers to the specs and closes with the counts', async () => {
    const text = `it('is given servers', () => {
      expect(process.env.WEINAO_TEST_DATABASE_URL).toMatch(/^postgresql:/);
      expect(process.env.WEINAO_TEST_NATS_URL).toMatch(/^nats:/);
    });`;
    const { status, stdout } = await runSpec(text);
    expect(stdout).toMatch(/^All 1 tests passed in \d+ s, on PostgreSQL \d.* and nats-server \d/m);
    expect(lastLine(stdout)).toBe('1 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('fails with a spec that fails or is skipped', async () => {
    const text = `it('is right', () => undefined);
    it('is wrong', () => expect(1).toBe(2));
    it.skip('is skipped', () => undefined);`;
    const { status, stdout } = await runSpec(text);
    expect(stdout).toMatch(/^1 of 2 tests failed:\n {2}is wrong\n/);
    expect(stdout).toMatch(/\nTests were skipped; .*\n {2}is skipped\n/);
    expect(lastLine(stdout)).toBe('1 passed, 1 failed');
    expect(status).toBe(1);
  });

  it('fails with a spec that leaves something open, and ends all the same', async () => {
    const text = `it('leaves a timer', () => void setInterval(() => undefined, 1000));`;
    const { status, stdout, stderr } = await runSpec(text);
    expect(stderr).toContain('This spec leaves open: Timeout.');
    expect(lastLine(stdout)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  });
});

describe('npm start', () => {
  it.each(['18.20.8', '20.18.3', '9.0.0'])('refuses Node %s in one sentence', (version) => {
    expect(() => requireNode(version)).toThrow(Refusal);
    expect(() => requireNode(version)).toThrow(
      `This needs Node.js 20.19 or newer, but this is ${version}: install one from https://nodejs.org.`,
    );
  });

  it.each(['20.19.0', '22.0.0', '24.21.0'])('takes Node %s', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });
});
