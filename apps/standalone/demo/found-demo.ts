import { readFile } from 'node:fs/promises';
import type { LocalIssuer } from '@weinao/gateway';
import { OperationFailed, ownToken, runOperation } from '../platform.client.ts';

interface DemoCommunity {
  readonly id: string;
  readonly name: string;
  readonly plugins: readonly string[];
}

const OSMANTHUS_COURT = 'osmanthus-court';

/** Fictional, and different: one has everything, the other what its few workers need. */
export const DEMO_COMMUNITIES: readonly DemoCommunity[] = [
  {
    id: OSMANTHUS_COURT,
    name: '桂花苑社区',
    plugins: ['tickets', 'residents', 'notices', 'devices', 'facilities', 'alerts', 'elderly-care'],
  },
  { id: 'willow-bank', name: '柳岸社区', plugins: ['tickets', 'notices'] },
];

const FOUND = /* GraphQL */ `
  mutation Found($input: FoundCommunityInput!) {
    foundCommunity(input: $input) {
      id
    }
  }
`;

const ENABLE = /* GraphQL */ `
  mutation Enable($communityId: ID!, $pluginId: ID!) {
    enablePlugin(communityId: $communityId, pluginId: $pluginId) {
      id
    }
  }
`;

const IMPORT_RESIDENTS = /* GraphQL */ `
  mutation ImportResidents($csv: String!) {
    importResidents(csv: $csv) {
      created
    }
  }
`;

const IMPORT_FACILITIES = /* GraphQL */ `
  mutation ImportFacilities($geojson: JSON!) {
    importFacilities(geojson: $geojson) {
      created
    }
  }
`;

const PLUGINS = /* GraphQL */ `
  {
    community {
      plugins {
        plugin {
          id
        }
      }
    }
  }
`;

/** What an address answers to whom. */
interface Door {
  readonly address: string;
  readonly token: string;
}

/**
 * Founds the demo communities by the public API, and has people move into 桂花苑, of whom two in five are old. Done
 * before, it changes nothing, also not what was changed since.
 */
export async function foundDemo(url: string, issuer: LocalIssuer): Promise<void> {
  const platform: Door = { address: `${url}/graphql`, token: await ownToken(issuer, 'operator', null) };
  for (const { id, name, plugins } of DEMO_COMMUNITIES) {
    await once(platform, `demo-found-${id}`, FOUND, { input: { id, name } });
    for (const pluginId of plugins) {
      await once(platform, `demo-enable-${id}-${pluginId}`, ENABLE, { communityId: id, pluginId });
    }
  }
  await furnish({
    address: `${url}/communities/${OSMANTHUS_COURT}/graphql`,
    token: await ownToken(issuer, 'admin', OSMANTHUS_COURT),
  });
}

/** Has people move in, and says where the hydrants are; what was turned off since stays as it is. */
async function furnish(community: Door): Promise<void> {
  const plugins = await pluginsOf(community);
  if (plugins.includes('residents'))
    await once(community, 'demo-residents', IMPORT_RESIDENTS, { csv: await textOf('residents.csv') });
  if (plugins.includes('facilities')) {
    const geojson: unknown = JSON.parse(await textOf('facilities.geojson'));
    await once(community, 'demo-facilities', IMPORT_FACILITIES, { geojson });
  }
}

const textOf = (file: string): Promise<string> => readFile(new URL(`./${file}`, import.meta.url), 'utf8');

async function pluginsOf({ address, token }: Door): Promise<string[]> {
  type Answer = { community: { plugins: { plugin: { id: string } }[] } };
  const { community } = await runOperation<Answer>(address, token, { query: PLUGINS });
  return community.plugins.map(({ plugin }) => plugin.id);
}

/** A key that stands for something else was used by an older version, whose demo was founded a little differently. */
async function once(
  { address, token }: Door,
  idempotencyKey: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    await runOperation(address, token, { query, variables, idempotencyKey });
  } catch (error) {
    if (!(error instanceof OperationFailed && error.code === 'IDEMPOTENCY_KEY_REUSED')) throw error;
  }
}
