import { describe, expect, it } from '@jest/globals';
import { wireSubjects } from '@weinao/plugins';
import type { SettingsReply } from '@weinao/plugins';
import type { PluginStory, ToldStory } from './plugin.story.ts';
import { judgedApart } from '../settings/settings.trials.ts';

const CHINESE = /\p{Script=Han}/u;
const DEADLINE_MS = 5_000;

interface SettingSchema {
  readonly 'x-title': { readonly 'zh-CN': string; readonly en: string };
  readonly properties?: Readonly<Record<string, SettingSchema>>;
}

/** A form that is drawn from the plugin's settings schema says what is what, and lets pass what the plugin takes. */
export function describeSettings({ plugin }: PluginStory, told: () => ToldStory): void {
  if (!plugin.settings) return;
  const { id } = plugin.manifest;
  const schema = (): object => told().harness.announcement.settings!.schema;

  async function fits(settings: object): Promise<boolean> {
    const request = JSON.stringify({ settings });
    const reply = await told().harness.bus.request(wireSubjects.settings(id), request, {
      timeoutMs: DEADLINE_MS,
    });
    return (JSON.parse(reply) as SettingsReply).problems.length === 0;
  }

  describe('lets a community set', () => {
    it('what its settings schema lets pass, and nothing else', async () => {
      expect(await judgedApart(schema(), fits)).toEqual([]);
    });

    it('what is named in Chinese and in English', () => {
      const titles = titlesOf(schema() as SettingSchema);
      expect(titles.filter(({ 'zh-CN': zh, en }) => !CHINESE.test(zh) || CHINESE.test(en) || !en)).toEqual(
        [],
      );
      expect(titles.length).toBeGreaterThan(0);
    });
  });
}

const titlesOf = ({ properties = {} }: SettingSchema): SettingSchema['x-title'][] =>
  Object.values(properties).flatMap((property) => [property['x-title'], ...titlesOf(property)]);
