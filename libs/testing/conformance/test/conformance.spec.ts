import { describe, expect, it } from '@jest/globals';
import { checkPlugin, loadStory, reportOfBroken, StoryMissing } from '../index.ts';
import type { PluginReport } from '../index.ts';
import { problemsOfTitles } from '../checks/languages.check.ts';
import { testDatabaseServer } from '../../servers/test.servers.ts';
import { story } from './keys/key.story.ts';
import { plantedBugs } from './planted.bugs.ts';

const failed = ({ checks }: PluginReport): string[] =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

describe('the conformance kit', () => {
  it('says of a plugin that keeps every rule that it reaches gold', async () => {
    const report = await checkPlugin(story, { server: testDatabaseServer() });
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report).toMatchObject({ plugin: 'keys', claimed: 'gold', reached: 'gold' });
  });

  it.each(plantedBugs)('finds %s', async (_bug, planted, failing) => {
    const report = await checkPlugin(planted, { server: testDatabaseServer() });
    const failures = report.checks.filter(({ outcome }) => outcome === 'failed');
    expect(failures).toEqual(failing.map((id) => expect.objectContaining({ id }) as unknown));
    expect(failures.map(({ level }) => level)).not.toContain(report.reached);
    expect(report.reached).not.toBe('gold');
  });

  it('finds a setting without a title in one of the languages, however deep it stands', () => {
    const titled = { 'x-title': { 'zh-CN': '半径', en: 'Radius' } };
    const untitled = { 'x-title': { 'zh-CN': '半径' } };
    expect(problemsOfTitles({ properties: { radius: titled } })).toEqual([]);
    expect(
      problemsOfTitles({ properties: { area: { ...titled, properties: { radius: untitled } } } }),
    ).toEqual(['The setting area.radius is not said in English: ""']);
  });

  it('says of a plugin that cannot be loaded why, and that nothing else is known', () => {
    const report = reportOfBroken('keys', new Error('The manifest is not valid'));
    expect(failed(report)).toEqual(['manifest']);
    expect(report).toMatchObject({ reached: null, claimed: null });
  });

  it('tells a folder without a story', async () => {
    await expect(loadStory(new URL('./keys/', import.meta.url))).rejects.toThrow(StoryMissing);
  });
});
