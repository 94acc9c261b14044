import { describe, it } from '@jest/globals';
import { projection, recorded } from '@weinao/testing';
import { MOST_REFUSALS, refusedPluginsProjection } from './refused-plugins.projection.ts';
import { RefusedPluginRow } from './refused-plugin.row.ts';
import type { AnnouncedPluginEvent, PluginRefused } from '../domain/announced-plugin.decider.ts';

const { given } = projection(refusedPluginsProjection);

const refusal = (digest: string, reason = 'It is no SDL.'): PluginRefused['data'] => ({
  ...{ pluginId: 'wishes', version: '1.0.0', origin: 'weinao', digest, reason },
  refusedAt: '2026-03-02T08:00:00.000Z',
});
const happened = (event: AnnouncedPluginEvent, revision: number) =>
  recorded(event, { communityId: 'platform', stream: 'plugin/platform/wishes', revision });
const refused = (revision: number, ...of: Parameters<typeof refusal>) =>
  happened({ type: 'PluginRefused', data: refusal(...of) }, revision);
const announced = (revision: number) =>
  happened(
    { type: 'PluginAnnounced', data: { manifest: { id: 'wishes', version: '1.0.0' }, sdl: {} } },
    revision,
  );

describe('the rows of refused plugins', () => {
  it('have the last reason of each announcement', () => {
    given(refused(0, 'd-1'), refused(1, 'd-2'), refused(2, 'd-1', 'It clashes.')).then(RefusedPluginRow, [
      { pluginId: 'wishes', refusals: [refusal('d-2'), refusal('d-1', 'It clashes.')] },
    ]);
  });

  it('go when the plugin is taken', () => {
    given(refused(0, 'd-1'), announced(1)).then(RefusedPluginRow, []);
  });

  it('keep the newest twenty', () => {
    const all = Array.from({ length: MOST_REFUSALS + 1 }, (_, index) => `d-${index}`);
    given(...all.map((digest, revision) => refused(revision, digest))).then(RefusedPluginRow, [
      { pluginId: 'wishes', refusals: all.slice(1).map((digest) => refusal(digest)) },
    ]);
  });
});
