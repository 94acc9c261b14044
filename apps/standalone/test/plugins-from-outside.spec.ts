import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startNatsServer } from '@weinao/embedded';
import type { NatsServer } from '@weinao/embedded';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { OutsideFolder } from './outside.folder.ts';
import { peopleOf, Person } from './person.ts';
import type { People } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { ServiceProcesses } from './service.processes.ts';
import type { StartedProcess } from './started.process.ts';

const FOUND = 'mutation ($id: ID!) { foundCommunity(input: { id: $id, name: "桂花苑" }) { id } }';
const ENABLE = `mutation ($plugin: ID!, $settings: JSON) {
  enablePlugin(communityId: "osmanthus-court", pluginId: $plugin, settings: $settings) {
    plugins { plugin { id } settings }
  }
}`;
const CATALOGUE = '{ plugins { id name origin status } }';

const THING = 'id what status keptUntil reportedAt claimedBy proof';
const REPORT = `mutation { thing: reportFoundThing(input: { what: "一把蓝色雨伞", place: "3号楼大堂" }) { ${THING} } }`;
const CLAIM = `mutation ($id: ID!) { thing: claimFoundThing(id: $id, proof: "伞柄上有贴纸") { ${THING} } }`;
const HAND_OUT = `mutation ($id: ID!) { thing: handOutFoundThing(id: $id) { ${THING} } }`;
const LIST = `{ foundThings { totalCount nodes { ${THING} } } }`;
const WEATHER = '{ me { id } weather { temperature description } foundThings { totalCount } }';

const fixture = new ProcessFixture();
let nats: NatsServer;
let database: TestDatabase;
let ownDatabase: TestDatabase;
let source: Server;
let directory: string;
let services: ServiceProcesses;
let operator: Person;
let court: People;
let lane: People;
let outside: OutsideFolder;

beforeAll(async () => {
  [nats, database, ownDatabase, directory] = await Promise.all([
    startNatsServer(),
    createTestDatabase(),
    createTestDatabase(),
    fixture.directory(),
  ]);
  source = createServer((_request, response) => response.end(JSON.stringify({ current: DRIZZLE }))).listen();
  services = new ServiceProcesses(fixture, {
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    WEINAO_DATA: directory,
  });
  services.start('communities');
  await services.startGateway();
  await services.untilReady();
  operator = await Person.operator(services.url, directory);
  for (const id of ['osmanthus-court', 'maple-lane'])
    expect((await operator.ask(FOUND, { id })).codes).toEqual([]);
  court = await peopleOf(services.url, directory, 'osmanthus-court');
  lane = await peopleOf(services.url, directory, 'maple-lane');
});

afterAll(async () => {
  await fixture.cleanUp();
  source.close();
  await nats.stop();
  await Promise.all([database.close(), ownDatabase.close()]);
});

const DRIZZLE = {
  ...{ time: 1_777_622_400, temperature_2m: 18.5, relative_humidity_2m: 82 },
  ...{ wind_speed_10m: 7.2, weather_code: 51 },
};

async function started(
  folder: OutsideFolder,
  main: string,
  environment: Record<string, string>,
): Promise<StartedProcess> {
  const service = fixture.start(join(folder.path, main), { NATS_URL: nats.url, ...environment });
  await service.until(/ is ready/);
  return service;
}

describe('lost and found, which knows nothing but the published packages', () => {
  it('is built in a folder of its own, where its own tests pass', async () => {
    const packing = fixture.start('tools/packages/main.ts', {}, [join(directory, 'packages')]);
    expect({ code: await packing.ended, errors: packing.errors }).toEqual({ code: 0, errors: '' });
    outside = await OutsideFolder.of('lost-and-found', directory, packing.output.trim().split('\n'));
    await outside.node('node_modules/typescript/bin/tsc', '-p', '.');
    expect(await outside.node('--test', '--test-reporter=tap', 'dist/**/*.test.js')).toMatch(
      /^# pass [1-9]/m,
    );
  });

  it('joins a running system with NATS and a database of its own, and stands in the catalogue', async () => {
    await started(outside, 'dist/main.js', { DATABASE_URL: ownDatabase.url });
    const { data } = await operator.ask(CATALOGUE);
    expect(data.plugins).toContainEqual({
      ...{ id: 'lost-and-found', name: '失物招领', origin: 'example.org/lost-and-found', status: 'RUNNING' },
    });
    expect((await court.lin.ask(LIST)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('takes a found umbrella of the one community that has it to whoever lost it', async () => {
    const enabled = await operator.ask(ENABLE, { plugin: 'lost-and-found', settings: { daysKept: 1 } });
    expect(enabled.codes).toEqual([]);
    const { lin, wang, chen } = court;
    const { thing } = (await lin.ask(REPORT, {}, 'umbrella')).data;
    expect(thing).toMatchObject({ status: 'KEPT', claimedBy: null });
    expect(Date.parse(thing.keptUntil) - Date.parse(thing.reportedAt)).toBe(86_400_000);
    expect((await lin.ask(REPORT, {}, 'umbrella')).data.thing.id).toBe(thing.id);
    const { id } = thing;
    expect((await chen.ask(HAND_OUT, { id })).codes).toEqual(['NOT_CLAIMED']);
    expect((await wang.ask(CLAIM, { id })).data.thing).toMatchObject({ claimedBy: 'wang' });
    expect((await lin.ask(CLAIM, { id })).codes).toEqual(['ALREADY_CLAIMED']);
    expect((await lin.ask(LIST)).data.foundThings.nodes).toMatchObject([{ status: 'CLAIMED', proof: null }]);
    expect((await lin.ask(HAND_OUT, { id })).codes).toEqual(['FORBIDDEN']);
    expect((await chen.ask(HAND_OUT, { id })).data.thing).toMatchObject({ status: 'HANDED_OUT' });
  });

  it('is nowhere in the other community', async () => {
    expect((await lane.lin.ask(LIST)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await court.lin.ask(LIST)).data.foundThings.totalCount).toBe(1);
  });

  it('keeps all it has in its own database', async () => {
    const schemas =
      "select schema_name from information_schema.schemata where schema_name = 'lost-and-found'";
    expect((await ownDatabase.pool.query(schemas)).rowCount).toBe(1);
    expect((await database.pool.query(schemas)).rowCount).toBe(0);
  });
});

describe('the weather, which knows nothing but the wire protocol', () => {
  let weather: StartedProcess;

  it('joins the same system without a database, and needs a place before it is enabled', async () => {
    const folder = await OutsideFolder.of('weather-javascript', directory);
    const { port } = source.address() as AddressInfo;
    weather = await started(folder, 'main.mjs', { WEATHER_URL: `http://127.0.0.1:${port}/` });
    expect((await operator.ask(ENABLE, { plugin: 'weather' })).codes).toEqual(['BAD_USER_INPUT']);
    const settings = { latitude: 30.25, longitude: 120.15 };
    expect((await operator.ask(ENABLE, { plugin: 'weather', settings })).codes).toEqual([]);
  });

  it('is answered in one request together with what others answer', async () => {
    expect(await court.lin.ask(WEATHER)).toMatchObject({
      codes: [],
      data: {
        me: { id: 'lin' },
        weather: { temperature: 18.5, description: '毛毛雨' },
        foundThings: { totalCount: 1 },
      },
    });
    expect((await lane.lin.ask('{ weather { code } }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('is missed alone when it is stopped', async () => {
    expect(await weather.kill('SIGTERM')).toBe(0);
    const { data, codes } = await court.lin.ask(WEATHER);
    expect(codes).toEqual(['PLUGIN_UNAVAILABLE']);
    expect(data).toMatchObject({ me: { id: 'lin' }, weather: null, foundThings: { totalCount: 1 } });
  });
});
