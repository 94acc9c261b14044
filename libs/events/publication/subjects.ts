import { safeId } from '../identifiers.ts';

const kebab = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

/** The bus subjects of the event log; every id in them is checked before. */
export const subjects = {
  event: (community: string, plugin: string, type: string): string =>
    `evt.${safeId(community)}.${safeId(plugin)}.${safeId(kebab(type))}`,
  allEvents: 'evt.>',
  eventsOf: (plugin: string): string => `evt.*.${safeId(plugin)}.*`,
  readLog: (plugin: string): string => `log.${safeId(plugin)}.read`,
  appended: (plugin: string): string => `log.${safeId(plugin)}.appended`,
};
