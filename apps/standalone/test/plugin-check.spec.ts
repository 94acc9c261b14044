import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabaseServer, testNatsUrl } from '@weinao/testing';
import { ProcessFixture } from './process.fixture.ts';
import type { PluginReport } from '../cli/plugin-folder.check.ts';
import { reaches } from '../cli/plugin.report.ts';

const fixture = new ProcessFixture();
let directory: string;

beforeAll(async () => {
  directory = await fixture.directory();
});

afterAll(() => fixture.cleanUp());

describe('weinao plugin check', () => {
  it('shows what a plugin keeps to, and the level that it reaches', async () => {
    const checked = await fixture.weinaoIn(
      { DATABASE_URL: testDatabaseServer() },
      ...['plugin', 'check', 'apps/services/facilities', '--json'],
    );
    const report = JSON.parse(checked.output) as PluginReport;
    expect(report).toMatchObject({ plugin: 'facilities', claimed: 'gold', reached: 'gold' });
    expect(report.checks.map(({ outcome }) => outcome)).not.toContain('failed');
    expect(checked.code).toBe(0);
  });

  it('fails for a folder without a story, for no folder at all, and for a plugin that nobody announced', async () => {
    const [none, unnamed, unknown] = await Promise.all([
      fixture.weinao(directory, 'plugin', 'check', 'apps/gateway'),
      fixture.weinao(directory, 'plugin', 'check'),
      fixture.weinaoIn({ NATS_URL: testNatsUrl() }, 'plugin', 'check', '--announced', 'no-such-plugin'),
    ]);
    expect(none.errors).toContain('exports a `story`');
    expect(unnamed.errors).toContain('--announced <id>');
    expect([none.code, unnamed.code, unknown.code]).toEqual([1, 1, 1]);
  });

  it('is content with the level that was asked for, and with no lower one', () => {
    const report = { plugin: 'keys', claimed: 'gold', reached: 'silver', checks: [] } as const;
    expect(reaches(report, 'silver')).toBe(true);
    expect(reaches(report, null)).toBe(true);
    expect(reaches(report, 'gold')).toBe(false);
    expect(reaches({ ...report, reached: null }, 'bronze')).toBe(false);
  });
});
