import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CommandHandler, listEffects, newId, PostgresEventLog } from '@weinao/events';
import {
  appendRequest,
  factOf,
  Inbox,
  openPluginHarness,
  OSMANTHUS_COURT,
  WILLOW_BANK,
} from '@weinao/testing';
import type { PluginHarness } from '@weinao/testing';
import { IsString } from 'class-validator';
import { leakDecider } from './leaks/leak.decider.ts';
import type { LeakCommand } from './leaks/leak.decider.ts';
import { leaks, openLeak, sensors } from './leaks/plugin.ts';
import { definePlugin } from '../index.ts';

const HOUR_MS = 3_600_000;

describe('what a plugin does by itself', () => {
  let harness: PluginHarness;
  let sent: Inbox<{ to: string; key: string }>;
  let answer: () => Promise<void>;

  beforeEach(async () => {
    sent = new Inbox();
    answer = () => Promise.resolve();
    const send = (to: string, key: string): Promise<void> => {
      sent.take({ to, key });
      return answer();
    };
    harness = await openPluginHarness(leaks(send), { others: [sensors] });
  });
  afterEach(() => harness.close());

  const logOf = (plugin: string): PostgresEventLog => new PostgresEventLog(harness.database.pool, plugin);

  async function detectWater(sensor: string, communityId = OSMANTHUS_COURT): Promise<void> {
    const events = [
      {
        ...factOf('WaterDetected', { sensor, place: '地下室' }, { communityId }),
        at: harness.clock.now().toISOString(),
      },
    ];
    await logOf('sensors').append(
      appendRequest({ stream: `sensor/${communityId}/${newId()}`, communityId, events }),
    );
    await harness.quiet();
  }

  async function command(id: string, what: LeakCommand): Promise<void> {
    await new CommandHandler(logOf('leaks'), harness.clock.now).handle(leakDecider, {
      ...{ communityId: OSMANTHUS_COURT, id, command: what, commandId: newId(), repeatable: false },
      ...{ actor: { id: 'worker-1', permissions: [] }, correlationId: newId(), settings: { contact: '' } },
    });
    await harness.quiet();
  }

  const story = async (id: string, communityId = OSMANTHUS_COURT): Promise<unknown[]> =>
    (await logOf('leaks').readStream(`leak/${communityId}/${id}`)).map(({ type, data }) => [type, data]);

  it('reacts to another plugin with the settings of the community, waits, and tells the outside', async () => {
    await harness.configure(OSMANTHUS_COURT, { contact: 'plumber' });
    await detectWater('cellar');
    const opened = ['LeakOpened', { place: '地下室', contact: 'plumber' }];
    expect(await story('cellar')).toEqual([opened]);
    await harness.advance(2 * HOUR_MS - 1);
    expect(await story('cellar')).toEqual([opened]);
    await harness.advance(1);
    const escalated = ['LeakEscalated', { contact: 'plumber', by: 'timer:leaks.escalation' }];
    expect(await story('cellar')).toEqual([opened, escalated]);
    expect(sent.items.map(({ to }) => to)).toEqual(['plumber']);
  });

  it('does nothing twice when it is started again', async () => {
    await detectWater('cellar');
    await harness.advance(HOUR_MS);
    await harness.restart();
    await harness.advance(HOUR_MS);
    await harness.restart();
    await harness.advance(HOUR_MS);
    expect([(await story('cellar')).length, sent.items.length]).toEqual([2, 1]);
  });

  it('lets a timer be when it is cancelled', async () => {
    await detectWater('cellar');
    await command('cellar', { type: 'CloseLeak' });
    await harness.advance(3 * HOUR_MS);
    expect((await story('cellar')).length).toBe(2);
    expect(sent.items).toEqual([]);
  });

  it('passes over what happens where it is not enabled, and keeps timers until it is enabled again', async () => {
    await detectWater('away', WILLOW_BANK);
    expect(await story('away', WILLOW_BANK)).toEqual([]);
    await detectWater('cellar');
    harness.disable(OSMANTHUS_COURT);
    await harness.advance(3 * HOUR_MS);
    expect(await story('cellar')).toHaveLength(1);
    await harness.enable(OSMANTHUS_COURT);
    await harness.quiet();
    expect(await story('cellar')).toHaveLength(2);
    expect(await story('away', WILLOW_BANK)).toEqual([]);
  });

  it('reads the logs of those alone whose events its manifest says it follows', async () => {
    const read = jest.spyOn(harness.bus, 'request');
    const heard = jest.spyOn(harness.bus, 'subscribe');
    await harness.restart();
    await detectWater('cellar');
    const subjects = [...read.mock.calls, ...heard.mock.calls].map(([subject]) => subject);
    const logs = subjects.filter((subject) => /^evt|^log.*read$/.test(subject));
    expect([...new Set(logs)].sort()).toEqual([
      'evt.*.communities.*',
      'evt.*.sensors.*',
      'log.communities.read',
      'log.sensors.read',
    ]);
  });

  it('tries the outside again later', async () => {
    answer = () => Promise.reject(new Error('busy'));
    await detectWater('cellar');
    await harness.advance(2 * HOUR_MS);
    expect(harness.takeReports()).toHaveLength(1);
    const { pool } = harness.database;
    expect(await listEffects(pool, 'leaks')).toMatchObject([{ state: 'pending', tries: 1, error: 'busy' }]);
    answer = () => Promise.resolve();
    await harness.advance(1_000);
    expect(await listEffects(pool, 'leaks')).toMatchObject([{ state: 'done', tries: 2 }]);
    expect(new Set(sent.items.map(({ key }) => key)).size).toBe(1);
  });
});

describe('a plugin is refused', () => {
  const plugin = leaks(() => Promise.resolve());

  it('when it follows what its manifest does not say it consumes', () => {
    const { manifest } = plugin;
    expect(() => definePlugin({ ...plugin, manifest: { ...manifest, consumes: [] } })).toThrow(
      'The reaction open-leak follows sensors.WaterDetected, which the manifest does not list under consumes',
    );
  });

  it('when it follows its own events as if they were a neighbour’s, or requires itself', () => {
    const { manifest } = plugin;
    const consumes = [...manifest.consumes, 'leaks.LeakOpened'];
    expect(() => definePlugin({ ...plugin, manifest: { ...manifest, consumes } })).toThrow(
      'consumes: leaks.LeakOpened is its own event',
    );
    expect(() => definePlugin({ ...plugin, manifest: { ...manifest, requires: ['leaks'] } })).toThrow(
      'requires: leaks must not require itself',
    );
  });

  it('when a setting has no title to draw a form with', () => {
    class UntitledSettings {
      @IsString()
      contact = 'property';
    }
    expect(() => definePlugin({ ...plugin, settings: UntitledSettings })).toThrow(
      'The setting UntitledSettings.contact has no @Setting with its titles',
    );
  });

  it('when it marks data as personal of an event that its manifest does not publish', () => {
    expect(() => definePlugin({ ...plugin, personal: { LeakOpened: ['contact'] } })).toThrow(
      'LeakOpened is said to hold personal data, but the manifest does not publish it',
    );
  });

  it.each([
    ['has a name that is none', 'Open leak', 'needs a name of small letters'],
    ['has a name twice', 'open-leak', "Two of the plugin's reactions are named open-leak"],
  ])('when a reaction %s', (_what, name, message) => {
    expect(() => definePlugin({ ...plugin, reactions: [openLeak, { ...openLeak, name }] })).toThrow(message);
  });
});
