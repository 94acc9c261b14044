import { OperationFailed, runOperation } from '../platform.client.ts';

interface DemoCommunity {
  readonly id: string;
  readonly name: string;
  readonly plugins: readonly string[];
}

/** Fictional, and different: one has the plugins that are built, the other only what every community has. */
export const DEMO_COMMUNITIES: readonly DemoCommunity[] = [
  { id: 'osmanthus-court', name: '桂花苑社区', plugins: ['tickets'] },
  { id: 'willow-bank', name: '柳岸社区', plugins: [] },
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

/** Founds the demo communities by the public API. Done before, it changes nothing, also not what was changed since. */
export async function foundDemo(url: string, token: string): Promise<void> {
  for (const { id, name, plugins } of DEMO_COMMUNITIES) {
    await once(url, token, `demo-found-${id}`, FOUND, { input: { id, name } });
    for (const pluginId of plugins) {
      await once(url, token, `demo-enable-${id}-${pluginId}`, ENABLE, { communityId: id, pluginId });
    }
  }
}

/** A key that stands for something else was used by an older version, whose demo was founded a little differently. */
async function once(
  url: string,
  token: string,
  idempotencyKey: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<void> {
  try {
    await runOperation(`${url}/graphql`, token, { query, variables, idempotencyKey });
  } catch (error) {
    if (!(error instanceof OperationFailed && error.code === 'IDEMPOTENCY_KEY_REUSED')) throw error;
  }
}
