export {
  checkChinese,
  checkCommand,
  checkEnglish,
  checkEvent,
  checkField,
  checkPluginId,
  Refused,
} from './names/checks.ts';
export { newPlugin } from './new-plugin.ts';
export { suggestedEvent, thingOf } from './names/plugin-names.ts';
export type { PluginAnswers } from './names/plugin-names.ts';
export type { ChangeSet } from './workspace/change-set.ts';
export { addCommand } from './add-command.ts';
export type { CommandAnswers } from './add-command.ts';
export { addProjection } from './add-projection.ts';
export { addReaction } from './add-reaction.ts';
