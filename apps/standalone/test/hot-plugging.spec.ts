import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { createTestDatabase } from '@weinao/testing';
import type { LookedInto, TestDatabase } from '@weinao/testing';
import { Person } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { ServiceProcesses } from './service.processes.ts';
import type { StartedProcess } from './started.process.ts';

const COMMUNITY = 'osmanthus-court';
const FOUND = `mutation { foundCommunity(input: { id: "${COMMUNITY}", name: "桂花苑" }) { id } }`;
const ENABLE = `mutation ($id: ID!) { enablePlugin(communityId: "${COMMUNITY}", pluginId: $id) { id } }`;
const CATALOGUE = `{
  plugins { id version origin status }
  pluginReplicas { pluginId version schema }
  refusedPlugins { pluginId version origin reason running }
}`;
const LANTERN = '{ lantern { colour } lanternVersion }';

const fixture = new ProcessFixture();
let nats: NatsServer;
let database: TestDatabase;
let directory: string;
let services: ServiceProcesses;
let operator: Person;
let lin: Person;
let older: StartedProcess;
let newer: StartedProcess;

beforeAll(async () => {
  [nats, database, directory] = await Promise.all([
    startNatsServer(),
    createTestDatabase(),
    fixture.directory(),
  ]);
  services = new ServiceProcesses(fixture, environment());
  services.start('communities', 'tickets');
  await services.startGateway();
  await services.untilReady();
  operator = await Person.operator(services.url, directory);
  lin = await Person.of(services.url, directory, COMMUNITY, 'lin', 'resident');
  expect((await operator.ask(FOUND)).codes).toEqual([]);
  expect((await operator.ask(ENABLE, { id: 'tickets' })).codes).toEqual([]);
});

afterAll(async () => {
  await fixture.cleanUp();
  await nats.stop();
  await database.close();
});

const environment = () => ({ NATS_URL: nats.url, DATABASE_URL: database.url, WEINAO_DATA: directory });

const startLanterns = (more: Record<string, string> = {}): StartedProcess =>
  fixture.start('apps/standalone/test/lanterns/main.ts', { ...environment(), ...more });

/** What the catalogue says of lanterns. */
async function lanterns(): Promise<LookedInto> {
  const { data } = await operator.ask(CATALOGUE);
  const ofLanterns = ({ pluginId }: { pluginId: string }): boolean => pluginId === 'lanterns';
  return {
    plugin: data.plugins.find(({ id }: { id: string }) => id === 'lanterns'),
    replicas: data.pluginReplicas
      .filter(ofLanterns)
      .map(({ version, schema }: { version: string; schema: string }) => `${version} ${schema}`)
      .sort(),
    refusals: data.refusedPlugins.filter(ofLanterns),
  };
}

async function untilCatalogued(version: string): Promise<void> {
  while ((await lanterns()).plugin?.version !== version) await pause(50);
}

describe('a plugin that comes to a running system', () => {
  it('is in the catalogue when it is ready, and answers where it is enabled, without a touch of the gateway', async () => {
    older = startLanterns();
    await older.until(/lanterns is ready/);
    expect((await lanterns()).plugin).toEqual({
      ...{ id: 'lanterns', version: '1.0.0', origin: 'example.org/lanterns', status: 'RUNNING' },
    });
    expect((await lin.ask('{ lanternVersion }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await operator.ask(ENABLE, { id: 'lanterns' })).codes).toEqual([]);
    expect(await lin.ask(LANTERN)).toMatchObject({
      data: { lantern: { colour: 'red' }, lanternVersion: '1.0.0' },
      codes: [],
    });
  });

  it('whose newer version joins: every request is answered, and its schema is taken over when the older has gone', async () => {
    let over = false;
    const answers = (async () => {
      const versions: string[] = [];
      const failures: unknown[] = [];
      while (!over) {
        const { data, codes } = await lin.ask(LANTERN);
        if (codes.length > 0) failures.push(codes);
        else versions.push(data.lanternVersion as string);
      }
      return { versions: new Set(versions), failures };
    })();
    newer = startLanterns({ VERSION: '1.1.0' });
    await newer.until(/lanterns: Waits: 1 replica\(s\) of lanterns 1\.0\.0/);
    await newer.until(/lanterns is ready/);
    expect(await lanterns()).toMatchObject({
      plugin: { version: '1.0.0' },
      replicas: ['1.0.0 IN_FORCE', '1.1.0 WAITING'],
    });
    expect((await lin.ask('{ lanternShape }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await older.kill('SIGTERM')).toBe(0);
    await untilCatalogued('1.1.0');
    over = true;
    expect(await answers).toEqual({ versions: new Set(['1.0.0', '1.1.0']), failures: [] });
    while ((await lin.ask('{ lanternShape }')).codes.length > 0) await pause(20);
    expect((await lanterns()).replicas).toEqual(['1.1.0 IN_FORCE']);
  });

  it('that breaks composition, or has the id of another, is refused with the reason, and takes no request', async () => {
    const clashing = startLanterns({ VERSION: '1.2.0', CLASHES: 'yes' });
    const foreign = startLanterns({ VERSION: '6.6.6', ORIGIN: 'example.net/lamps' });
    await clashing.until(/lanterns: Refused: Its schema clashes with that of tickets/);
    await foreign.until(/lanterns: Refused: The id lanterns is in use by example\.org\/lanterns/);
    const { plugin, replicas, refusals } = await lanterns();
    expect(plugin).toMatchObject({ version: '1.1.0', status: 'RUNNING' });
    expect(replicas).toEqual(['1.1.0 IN_FORCE', '1.2.0 REFUSED', '6.6.6 REFUSED']);
    expect(refusals).toHaveLength(2);
    expect(refusals).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          version: '1.2.0',
          running: true,
          reason: expect.stringContaining('tickets'),
        }),
        expect.objectContaining({ version: '6.6.6', running: true, origin: 'example.net/lamps' }),
      ]),
    );
    const versions: unknown[] = [];
    for (let times = 0; times < 20; times++) versions.push((await lin.ask(LANTERN)).data?.lanternVersion);
    expect(new Set(versions)).toEqual(new Set(['1.1.0']));
    expect([await clashing.kill('SIGTERM'), await foreign.kill('SIGTERM')]).toEqual([0, 0]);
    expect(clashing.output + foreign.output).not.toContain('is ready');
    expect((await lanterns()).replicas).toEqual(['1.1.0 IN_FORCE']);
  });

  it('and stops: its fields say so, and all others go on', async () => {
    expect(await newer.kill('SIGTERM')).toBe(0);
    expect(await lin.ask('{ lantern { colour } tickets { totalCount } }')).toMatchObject({
      data: { tickets: { totalCount: 0 } },
      codes: expect.arrayContaining(['PLUGIN_UNAVAILABLE']),
    });
    expect(await lanterns()).toMatchObject({
      plugin: { version: '1.1.0', status: 'UNAVAILABLE' },
      replicas: [],
    });
  });
});
