import { describe, it } from '@jest/globals';
import { decider } from '@weinao/testing';
import { announcedPluginDecider } from './announced-plugin.decider.ts';
import type { AnnouncedPlugin, AnnouncePlugin, PluginAnnounced } from './announced-plugin.decider.ts';

const { given } = decider(announcedPluginDecider);

const notices: AnnouncedPlugin = {
  manifest: { id: 'notices', version: '1.0.0' },
  sdl: { community: 'type Query { notices: [ID!]! }' },
};
const announce = (plugin: AnnouncedPlugin): AnnouncePlugin => ({ type: 'AnnouncePlugin', plugin });
const announced = (data: AnnouncedPlugin): PluginAnnounced => ({ type: 'PluginAnnounced', data });

describe('the announcement of a plugin', () => {
  it('is an event the first time, and none when the next replica says the same', () => {
    given().when(announce(notices)).then(announced(notices));
    given(announced(notices)).when(announce(notices)).thenNothing();
  });

  it('is an event again when the version or the schema is another', () => {
    const newer = { ...notices, manifest: { id: 'notices', version: '1.1.0' } };
    const wider = { ...notices, sdl: { community: 'type Query { notices: [ID!]! notice: ID }' } };
    for (const changed of [newer, wider]) {
      given(announced(notices)).when(announce(changed)).then(announced(changed));
    }
    given(announced(notices), announced(newer)).when(announce(notices)).then(announced(notices));
  });
});
