import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@weinao/testing';
import type { TestDatabase } from '@weinao/testing';
import { Person, peopleOf } from './person.ts';
import { ProcessFixture } from './process.fixture.ts';
import { wishes } from './wishes/plugin.ts';
import { plugins } from '../plugins.ts';
import { startStandalone } from '../start-standalone.ts';
import type { Standalone } from '../start-standalone.ts';

const MAKE = 'mutation { makeWish(text: "修一把轮椅") { id text } }';

const fixture = new ProcessFixture();
const reports: string[] = [];
let database: TestDatabase;
let directory: string;
let standalone: Standalone | undefined;

async function start(): Promise<Standalone> {
  standalone = await startStandalone({
    plugins: [...plugins, wishes],
    directory,
    port: 0,
    host: '127.0.0.1',
    databaseUrl: database.url,
    report: (message) => void reports.push(message),
    progress: () => undefined,
    stopping: new AbortController().signal,
  });
  return standalone;
}

beforeAll(async () => {
  [database, directory] = await Promise.all([createTestDatabase(), fixture.directory()]);
  await start();
  const operator = await Person.operator(standalone!.url, directory);
  for (const [id, plugin] of [
    ['osmanthus-court', 'wishes'],
    ['willow-bank', 'tickets'],
  ]) {
    const { codes } = await operator.ask(`mutation {
      foundCommunity(input: { id: "${id}", name: "${id}" }) { id }
      enablePlugin(communityId: "${id}", pluginId: "${plugin}") { id }
    }`);
    expect(codes).toEqual([]);
  }
});

afterAll(async () => {
  await standalone?.stop();
  await database.close();
  await fixture.cleanUp();
});

describe('a third plugin, of which nothing else knows but the list it stands in', () => {
  it('works for the community that enabled it, beside what every community has', async () => {
    const { lin, wang, chen } = await peopleOf(standalone!.url, directory);
    const made = await lin.ask(MAKE, {}, 'wish-1');
    expect(made.data.makeWish).toEqual({ id: expect.any(String), text: '修一把轮椅' });
    expect(await lin.ask(MAKE, {}, 'wish-1')).toEqual(made);
    expect((await wang.ask('{ me { permissions } wishes { id text } }')).data).toEqual({
      me: { permissions: ['communities.view', 'wishes.read'] },
      wishes: [made.data.makeWish],
    });
    expect(await lin.ask('mutation { makeWish(text: " ") { id } }')).toMatchObject({
      codes: ['BAD_USER_INPUT'],
    });
    expect(await wang.ask(MAKE)).toMatchObject({ codes: ['FORBIDDEN'] });
    expect(await chen.ask('{ wishes { id } }')).toMatchObject({ codes: ['FORBIDDEN'] });
  });

  it('is absent where it is off, and so are tickets where they are', async () => {
    const { lin } = await peopleOf(standalone!.url, directory, 'willow-bank');
    expect(await lin.ask('{ wishes { id } }')).toMatchObject({
      status: 400,
      codes: ['GRAPHQL_VALIDATION_FAILED'],
    });
    expect(await lin.ask(MAKE)).toMatchObject({ status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'] });
    const sdlOf = async (id: string): Promise<string> =>
      (await fetch(`${standalone!.url}/communities/${id}/schema.graphql`)).text();
    expect(await sdlOf('willow-bank')).not.toMatch(/wish/i);
    expect(await sdlOf('osmanthus-court')).toMatch(/makeWish/);
    expect(await sdlOf('osmanthus-court')).not.toMatch(/ticket/i);
  });

  it('has its wishes at the next start', async () => {
    await standalone!.stop();
    const { url } = await start();
    const { lin } = await peopleOf(url, directory);
    expect((await lin.ask('{ wishes { text } }')).data).toEqual({ wishes: [{ text: '修一把轮椅' }] });
    expect(reports).toEqual([]);
  });
});
