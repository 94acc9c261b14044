import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { checkAnnounced, NotAnnounced } from '../index.ts';
import type { PluginReport } from '../index.ts';
import { CommunitiesDouble } from '../../plugins/communities.double.ts';
import { openPluginHarness } from '../../plugins/plugin.harness.ts';
import { OSMANTHUS_COURT, WILLOW_BANK } from '../../plugins/people.ts';
import { plugin } from './keys/plugin.ts';

const outcomes = ({ checks }: PluginReport): Record<string, string> =>
  Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));

describe('a running plugin, seen from outside', () => {
  it('reaches bronze when it keeps to the wire protocol, and no more', async () => {
    const harness = await openPluginHarness(plugin);
    const report = await checkAnnounced(harness.bus, 'keys');
    const complaints = harness.takeReports(); // of the requests that were none
    await harness.close();
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report).toMatchObject({ claimed: 'gold', reached: 'bronze' });
    expect(complaints.length).toBeGreaterThan(0);
  });

  describe('that somebody wrote in another language', () => {
    const manifest = { ...plugin.manifest, name: { zh: '钥匙', en: 'Keys' } };
    const sdl = { community: 'type Query { ring: String }' };
    let bus: InProcessBus;

    beforeEach(async () => {
      bus = new InProcessBus(() => undefined);
      const communities = new CommunitiesDouble(bus, () => new Date());
      for (const id of [OSMANTHUS_COURT, WILLOW_BANK]) communities.found(id, id);
      communities.enable(OSMANTHUS_COURT, 'keys', {});
    });

    afterEach(() => bus.close());

    /** @param answer to each request on `gql.keys` */
    async function announced(answer: string, announcement: object = { manifest, sdl }): Promise<void> {
      bus.respond('gql.keys', 'keys', async () => answer);
      bus.respond('plugin.keys.ping', 'keys', async () => '{}');
      await bus.request('plugin.announce', JSON.stringify(announcement), { timeoutMs: 1_000 });
    }

    it('is found to answer everybody', async () => {
      await announced(JSON.stringify({ result: { data: { ring: '3号楼' } } }));
      expect(outcomes(await checkAnnounced(bus, 'keys'))).toMatchObject({
        ...{ manifest: 'passed', languages: 'passed', composition: 'passed', garbage: 'passed' },
        ...{ refusal: 'failed', lost: 'failed', off: 'failed' },
      });
    });

    it('is found to refuse without a code', async () => {
      await announced(JSON.stringify({ result: { errors: [{ message: 'No.' }] } }));
      const { checks, reached } = await checkAnnounced(bus, 'keys');
      expect(checks.find(({ id }) => id === 'refusal')).toMatchObject({
        reasons: ['ring is to answer FORBIDDEN, and answers no code: No.'],
      });
      expect(reached).toBeNull();
    });

    it('is found to say what is not valid, in one language, in a schema that is none', async () => {
      const name = { zh: 'Keys', en: 'Keys' };
      await announced('{}', {
        manifest: { ...manifest, name, version: 'one' },
        sdl: { community: 'type {' },
      });
      expect(outcomes(await checkAnnounced(bus, 'keys'))).toMatchObject({
        ...{ manifest: 'failed', languages: 'failed', composition: 'failed' },
      });
    });

    it('is found to be away', async () => {
      await bus.request('plugin.announce', JSON.stringify({ manifest, sdl }), { timeoutMs: 1_000 });
      expect(outcomes(await checkAnnounced(bus, 'keys'))).toMatchObject({ garbage: 'failed', off: 'failed' });
    });

    it('is not looked at when nobody announced it', async () => {
      await expect(checkAnnounced(bus, 'keys')).rejects.toThrow(NotAnnounced);
    });
  });
});
