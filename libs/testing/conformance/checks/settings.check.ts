import { wireSubjects } from '@weinao/plugins';
import type { SettingsReply } from '@weinao/plugins';
import type { StoryCheck } from '../check.ts';
import { problemsOfTitles } from './languages.check.ts';
import { judgedApart } from '../../settings/settings.trials.ts';

const DEADLINE_MS = 5_000;

/** A form that is drawn from the plugin's settings schema says what is what, and lets pass what the plugin takes. */
export const settingsCheck: StoryCheck = {
  id: 'settings',
  title: 'names each setting in Chinese and in English, and takes what the schema of its settings lets pass',
  level: 'bronze',
  needs: 'story',
  exempt: ({ plugin }) => (plugin.settings ? undefined : 'it has no settings'),
  async findings({ harness, plugin }) {
    const { settings: announced } = harness.announcement;
    if (!announced) return ['It announces no schema of its settings'];
    const subject = wireSubjects.settings(plugin.manifest.id);
    const fits = async (settings: object): Promise<boolean> => {
      const reply = await harness.bus.request(subject, JSON.stringify({ settings }), {
        timeoutMs: DEADLINE_MS,
      });
      return (JSON.parse(reply) as SettingsReply).problems.length === 0;
    };
    const apart = await judgedApart(announced.schema, fits);
    return [
      ...problemsOfTitles(announced.schema),
      ...apart.map((settings) => `Schema and service judge apart: ${JSON.stringify(settings)}`),
    ];
  },
};
