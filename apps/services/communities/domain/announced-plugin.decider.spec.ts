import { describe, it } from '@jest/globals';
import { decider, FIXED_NOW } from '@weinao/testing';
import { announcedPluginDecider } from './announced-plugin.decider.ts';
import type {
  AnnouncedPlugin,
  AnnouncedPluginCommand,
  AnnouncedPluginEvent,
  Refusal,
} from './announced-plugin.decider.ts';

const { given } = decider(announcedPluginDecider);

const notices: AnnouncedPlugin = {
  manifest: { id: 'notices', version: '1.0.0' },
  sdl: { community: 'type Query { notices: [ID!]! }' },
};
const announce = (plugin: AnnouncedPlugin): AnnouncedPluginCommand => ({ type: 'AnnouncePlugin', plugin });
const announced = (data: AnnouncedPlugin): AnnouncedPluginEvent => ({ type: 'PluginAnnounced', data });

const refusal: Refusal = {
  pluginId: 'notices',
  version: '1.1.0',
  origin: 'weinao',
  digest: 'd-1',
  reason: 'It clashes with tickets.',
};
const refuse = (more: Partial<Refusal> = {}): AnnouncedPluginCommand => ({
  type: 'RefusePlugin',
  refusal: { ...refusal, ...more },
});
const refused = (more: Partial<Refusal> = {}): AnnouncedPluginEvent => ({
  type: 'PluginRefused',
  data: { ...refusal, ...more, refusedAt: FIXED_NOW },
});

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

  it('does not pass to another code line; what never named one comes from weinao', () => {
    const { id, version } = notices.manifest;
    const ofOrigin = (origin: string): AnnouncedPlugin => ({ ...notices, manifest: { id, version, origin } });
    given(announced(notices))
      .when(announce(ofOrigin('weinao')))
      .then(announced(ofOrigin('weinao')));
    given(announced(notices))
      .when(announce(ofOrigin('example.org/notices')))
      .thenRejects('PLUGIN_ID_TAKEN');
    given(announced(ofOrigin('example.org/notices')))
      .when(announce(notices))
      .thenRejects('PLUGIN_ID_TAKEN');
  });
});

describe('the refusal of a plugin', () => {
  it('is an event once, for the same announcement and the same reason', () => {
    given().when(refuse()).then(refused());
    given(refused()).when(refuse()).thenNothing();
    given(refused())
      .when(refuse({ reason: 'It is no SDL.' }))
      .then(refused({ reason: 'It is no SDL.' }));
    given(refused(), refused({ digest: 'd-2' }))
      .when(refuse())
      .thenNothing();
  });

  it('is over when the plugin is taken', () => {
    given(refused(), announced(notices)).when(refuse()).then(refused());
  });
});
