const COMMUNITY = /* GraphQL */ `
  fragment whole on Community {
    id
    name
    timeZone
    plugins {
      plugin {
        id
        name
        version
        status
        requires
      }
      enabledAt
      settings
    }
  }
`;

export const FOUND = `mutation ($input: FoundCommunityInput!) { foundCommunity(input: $input) { ...whole } } ${COMMUNITY}`;
export const ENABLE = `mutation ($communityId: ID!, $pluginId: ID!, $settings: JSON) {
  enablePlugin(communityId: $communityId, pluginId: $pluginId, settings: $settings) { ...whole }
} ${COMMUNITY}`;
export const CONFIGURE = `mutation ($communityId: ID!, $pluginId: ID!, $settings: JSON!) {
  configurePlugin(communityId: $communityId, pluginId: $pluginId, settings: $settings) { ...whole }
} ${COMMUNITY}`;
export const DISABLE = `mutation ($communityId: ID!, $pluginId: ID!) {
  disablePlugin(communityId: $communityId, pluginId: $pluginId) { ...whole }
} ${COMMUNITY}`;
export const COMMUNITY_BY_ID = `query ($id: ID!) { community(id: $id) { ...whole } } ${COMMUNITY}`;
export const COMMUNITIES = /* GraphQL */ `
  query ($first: Int = 50, $after: String) {
    communities(first: $first, after: $after) {
      nodes {
        id
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`;
export const PLUGINS = /* GraphQL */ `
  {
    plugins {
      id
      zh: name
      en: name(locale: "en")
      version
      status
      requires
      origin
      level
    }
  }
`;
export const REFUSED_PLUGINS = /* GraphQL */ `
  {
    refusedPlugins {
      pluginId
      version
      origin
      reason
      refusedAt
      running
    }
  }
`;
export const REPLICAS = '{ pluginReplicas { id pluginId version schema } }';
