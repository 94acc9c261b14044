import type { Plant } from './plant.ts';

const DIRECTORY = 'libs/plugins/directory/community-directory.ts';
const ENABLED = 'libs/plugins/service/enabled-communities.ts';
const HANDLER = 'libs/events/reaction/reaction-handler.ts';

export const switchingPlants: readonly Plant[] = [
  {
    name: 'off-everywhere',
    about: 'a plugin that one community turns off is off in all',
    proof: 'switching',
    breaks: 'elsewhere',
    edits: [
      {
        file: DIRECTORY,
        find: 'this.change(communityId, (plugins) => plugins.delete(event.data.pluginId));',
        replace: `for (const id of this.communities.keys())
          this.change(id, (plugins) => plugins.delete(event.data.pluginId));`,
      },
    ],
  },
  {
    name: 'off-not-heard',
    about: 'a plugin that is turned off stays in the directory',
    proof: 'switching',
    breaks: 'reached',
    edits: [
      {
        file: DIRECTORY,
        find: '(plugins) => plugins.delete(event.data.pluginId)',
        replace: '(plugins) => plugins.size',
      },
    ],
  },
  {
    name: 'off-without-a-code',
    about: 'a service says of a plugin that is off that something went wrong',
    proof: 'switching',
    breaks: 'ended',
    edits: [
      {
        file: 'libs/plugins/service/settings.ts',
        find: "new CodedError('PLUGIN_NOT_ENABLED'",
        replace: "new CodedError('INTERNAL_SERVER_ERROR'",
      },
    ],
  },
  {
    name: 'at-work-while-off',
    about: 'reactions and timers do not ask where the plugin is on',
    proof: 'switching',
    breaks: 'absent',
    edits: [
      {
        file: ENABLED,
        find: 'return community?.plugins.get(id) ?? everywhere;',
        replace: 'return community?.plugins.get(id) ?? (community ? {} : everywhere);',
      },
    ],
  },
  {
    name: 'passed-over-for-good',
    about: 'a reaction does not remember what it passed over',
    proof: 'switching',
    breaks: 'reactions',
    edits: [
      { file: HANDLER, find: 'if (!reaction.fleeting) await', replace: 'if (reaction.fleeting) await' },
    ],
  },
  {
    name: 'timer-lost-while-off',
    about: 'a timer that falls due while the plugin is off counts as done',
    proof: 'switching',
    breaks: 'timers',
    edits: [
      {
        file: 'libs/events/timer/timer-runner.ts',
        find: 'if (!settings) return false;',
        replace: 'if (!settings) return true;',
      },
      {
        file: 'libs/events/timer/timer-rows.ts',
        find: `where next_try <= $1 and community = any ($2) and name = any ($3)
           order by next_try limit`,
        replace: `where next_try <= $1 and $2::text[] is not null and name = any ($3)
           order by next_try limit`,
      },
    ],
  },
];
