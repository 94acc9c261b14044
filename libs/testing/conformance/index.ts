// What needs no test runner: stories, what they are told with, and the checks of the kit.
export type { LookedInto } from '../answers/looked-into.ts';
export { checkAnnounced, NotAnnounced } from './check-announced.ts';
export { checkPlugin, reportOfBroken } from './check-plugin.ts';
export { loadStory, StoryMissing } from './load-story.ts';
export type { CheckResult, PluginReport } from './plugin.report.ts';
export { HarnessMachine } from '../plugins/harness.machine.ts';
export type { HarnessViewer } from '../plugins/harness.viewer.ts';
export { mutationDocument } from '../plugins/mutation.document.ts';
export { happenBeside, neighbour } from '../plugins/neighbour.ts';
export { OSMANTHUS_COURT, people, WILLOW_BANK } from '../plugins/people.ts';
export type { PluginHarness } from '../plugins/plugin.harness.ts';
export type { PluginStory } from '../plugins/plugin.story.ts';
