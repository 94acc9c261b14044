import { describe, it } from '@jest/globals';
import { projection, recorded } from '@weinao/testing';
import { communitiesProjection } from './communities.projection.ts';
import { CommunityRow, EnabledPluginRow } from './community.rows.ts';
import type { CommunityEvent } from '../domain/community.decider.ts';

const { given } = projection(communitiesProjection);

const enabledAt = '2026-03-02T08:00:00.000Z';

const happened = (event: CommunityEvent, revision: number, communityId = 'osmanthus-court') =>
  recorded(event, { communityId, stream: `community/${communityId}/${communityId}`, revision });

const founded = (communityId?: string) =>
  happened(
    { type: 'CommunityFounded', data: { name: '桂花苑社区', timeZone: 'Asia/Shanghai' } },
    0,
    communityId,
  );
const enabled = (pluginId: string, revision: number, communityId?: string) =>
  happened({ type: 'PluginEnabled', data: { pluginId, settings: {}, enabledAt } }, revision, communityId);

describe('the rows of communities', () => {
  it('are one for each that was founded', () => {
    const row = { name: '桂花苑社区', timeZone: 'Asia/Shanghai' };
    given(founded(), founded('willow-bank')).then(CommunityRow, [
      { id: 'osmanthus-court', ...row },
      { id: 'willow-bank', ...row },
    ]);
  });
});

describe('the rows of enabled plugins', () => {
  const row: EnabledPluginRow = {
    communityId: 'osmanthus-court',
    pluginId: 'tickets',
    enabledAt,
    settings: {},
  };

  it('are one for each plugin of each community', () => {
    given(founded(), enabled('tickets', 1), enabled('notices', 2), enabled('tickets', 1, 'willow-bank')).then(
      EnabledPluginRow,
      [row, { ...row, pluginId: 'notices' }, { ...row, communityId: 'willow-bank' }],
    );
  });

  it('follow the settings, and keep since when it is on', () => {
    const settings = { anonymousVisibleTo: 'worker' };
    const configured = happened({ type: 'PluginConfigured', data: { pluginId: 'tickets', settings } }, 2);
    given(founded(), enabled('tickets', 1), configured).then(EnabledPluginRow, [{ ...row, settings }]);
  });

  it('go when the plugin is disabled, and come back with it', () => {
    const disabled = happened({ type: 'PluginDisabled', data: { pluginId: 'tickets' } }, 2);
    given(founded(), enabled('tickets', 1), disabled).then(EnabledPluginRow, []);
    given(founded(), enabled('tickets', 1), disabled, enabled('tickets', 3)).then(EnabledPluginRow, [row]);
  });
});
