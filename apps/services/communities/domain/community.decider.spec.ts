import { describe, it } from '@jest/globals';
import { decider, FIXED_NOW } from '@weinao/testing';
import { communityDecider } from './community.decider.ts';
import type { CommunityCommand, CommunityEvent } from './community.decider.ts';

const { given } = decider(communityDecider, { communityId: 'osmanthus-court' });

const found: CommunityCommand = { type: 'FoundCommunity', name: '桂花苑社区', timeZone: 'Asia/Shanghai' };
const founded: CommunityEvent = {
  type: 'CommunityFounded',
  data: { name: '桂花苑社区', timeZone: 'Asia/Shanghai' },
};

const enable = (pluginId: string, requires: string[] = [], settings = {}): CommunityCommand => ({
  type: 'EnablePlugin',
  pluginId,
  settings,
  requires,
});
const enabled = (pluginId: string, settings = {}): CommunityEvent => ({
  type: 'PluginEnabled',
  data: { pluginId, settings, enabledAt: FIXED_NOW },
});
const configure = (pluginId: string, settings: object): CommunityCommand => ({
  type: 'ConfigurePlugin',
  pluginId,
  settings: { ...settings },
});
const configured = (pluginId: string, settings: object): CommunityEvent => ({
  type: 'PluginConfigured',
  data: { pluginId, settings: { ...settings } },
});
const disable = (pluginId: string, requiredBy: string[] = []): CommunityCommand => ({
  type: 'DisablePlugin',
  pluginId,
  requiredBy,
});
const disabled = (pluginId: string): CommunityEvent => ({ type: 'PluginDisabled', data: { pluginId } });

describe('founding 桂花苑', () => {
  it('happens once', () => {
    given().when(found).then(founded);
    given(founded).when(found).thenRejects('COMMUNITY_ALREADY_FOUNDED', { id: 'osmanthus-court' });
  });

  it('comes before everything else', () => {
    for (const command of [enable('tickets'), configure('tickets', {}), disable('tickets')]) {
      given().when(command).thenRejects('NOT_FOUND', { id: 'osmanthus-court' });
    }
  });
});

describe('enabling a plugin', () => {
  it('keeps when, and with which settings', () => {
    const settings = { anonymousVisibleTo: 'worker' };
    given(founded)
      .when(enable('tickets', [], settings))
      .then(enabled('tickets', settings));
  });

  it('names all that is missing of what it requires', () => {
    given(founded, enabled('residents'))
      .when(enable('elderly-care', ['residents', 'devices', 'alerts']))
      .thenRejects('PLUGIN_REQUIRES', { missing: ['devices', 'alerts'] });
    given(founded, enabled('residents'))
      .when(enable('alerts', ['residents']))
      .then(enabled('alerts'));
  });

  it('again changes nothing, or the settings where they differ', () => {
    given(founded, enabled('tickets')).when(enable('tickets')).thenNothing();
    given(founded, enabled('tickets', { a: 1, b: 2 }))
      .when(enable('tickets', [], { b: 2, a: 1 }))
      .thenNothing();
    given(founded, enabled('tickets'))
      .when(enable('tickets', [], { a: 1 }))
      .then(configured('tickets', { a: 1 }));
  });
});

describe('configuring a plugin', () => {
  it('changes what differs from the last settings', () => {
    const history = [founded, enabled('tickets', { a: 1 }), configured('tickets', { a: 2 })];
    given(...history)
      .when(configure('tickets', { a: 2 }))
      .thenNothing();
    given(...history)
      .when(configure('tickets', { a: 1 }))
      .then(configured('tickets', { a: 1 }));
  });

  it('is for plugins that are on', () => {
    given(founded).when(configure('tickets', {})).thenRejects('PLUGIN_NOT_ENABLED', { pluginId: 'tickets' });
    given(founded, enabled('tickets'), disabled('tickets'))
      .when(configure('tickets', {}))
      .thenRejects('PLUGIN_NOT_ENABLED');
  });
});

describe('disabling a plugin', () => {
  it('leaves the others on', () => {
    given(founded, enabled('tickets'), enabled('notices')).when(disable('tickets')).then(disabled('tickets'));
    given(founded, enabled('tickets'), enabled('notices'), disabled('tickets'))
      .when(enable('alerts', ['notices']))
      .then(enabled('alerts'));
  });

  it('that is off changes nothing', () => {
    given(founded).when(disable('tickets')).thenNothing();
    given(founded, enabled('tickets'), disabled('tickets')).when(disable('tickets')).thenNothing();
  });

  it('waits for those that require it', () => {
    given(founded, enabled('residents'), enabled('alerts'))
      .when(disable('residents', ['alerts', 'elderly-care']))
      .thenRejects('PLUGIN_REQUIRED', { dependents: ['alerts'] });
    given(founded, enabled('residents'))
      .when(disable('residents', ['alerts']))
      .then(disabled('residents'));
  });
});
