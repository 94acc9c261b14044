import { OSMANTHUS_COURT, people } from '@weinao/testing/conformance';
import type { PluginStory } from '@weinao/testing/conformance';
import { MadeUpPlugin } from './made-up.plugin.ts';
import { CONFIGURE, DISABLE, ENABLE, FOUND } from './platform.documents.ts';
import { plugin } from '../plugin.ts';

export const story: PluginStory = {
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: [OSMANTHUS_COURT, '桂花苑社区', '值班室在2号楼'],

  async prepare({ bus }) {
    await new MadeUpPlugin(bus, { id: 'notices', settings: ['office'] }).start();
    await new MadeUpPlugin(bus, { id: 'alerts', requires: ['notices'] }).start();
  },

  async sampleStory(harness) {
    const zhou = harness.platform(people.operatorZhou);
    const sun = harness.platform(people.adminSun);
    const notices = { communityId: OSMANTHUS_COURT, pluginId: 'notices' };
    const alerts = { communityId: OSMANTHUS_COURT, pluginId: 'alerts' };
    const settings = { office: '值班室在2号楼' };
    const garden = { id: 'maple-garden', name: '枫园社区' };
    return [
      await zhou.data(FOUND, { input: garden }, { idempotencyKey: 'found' }),
      await zhou.data(ENABLE, notices, { idempotencyKey: 'enable notices' }),
      await sun.data(ENABLE, alerts, { idempotencyKey: 'enable alerts' }),
      await sun.data(CONFIGURE, { ...notices, settings }, { idempotencyKey: 'configure' }),
      await sun.data(DISABLE, alerts, { idempotencyKey: 'disable' }),
    ];
  },
};
