import { runOperation } from '../platform.client.ts';

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
  const address = `${url}/graphql`;
  for (const { id, name, plugins } of DEMO_COMMUNITIES) {
    await runOperation(address, token, {
      query: FOUND,
      variables: { input: { id, name } },
      idempotencyKey: `demo-found-${id}`,
    });
    for (const pluginId of plugins) {
      const variables = { communityId: id, pluginId };
      await runOperation(address, token, {
        query: ENABLE,
        variables,
        idempotencyKey: `demo-enable-${id}-${pluginId}`,
      });
    }
  }
}
