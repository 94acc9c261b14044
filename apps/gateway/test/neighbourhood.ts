import type { SubgraphDescription } from './made-up.subgraph.ts';

/** Made-up plugins of 桂花苑 that refer to each other as real ones do. */
export const communities: SubgraphDescription = {
  plugin: 'communities',
  scope: 'platform',
  sdl: {
    platform: 'type Query { plugins: [String!]! }',
    community:
      'type Query { community: Community! me: Viewer! } type Community { name: String! } type Viewer { id: ID! }',
  },
  resolvers: {
    plugins: () => ['watches', 'residents', 'alerts'],
    community: () => ({ name: '桂花苑' }),
    me: () => ({ id: 'wang' }),
  },
};

/** Refers to residents by their key only. */
export const watches: SubgraphDescription = {
  plugin: 'watches',
  sdl: {
    community: `
      type Query { watch(residentId: ID!): Watch }
      type Mutation { startWatch(residentId: ID!): Watch! }
      type Watch { residentId: ID! status: String! resident: Resident }
      type Resident @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  resolvers: {
    watch: ({ residentId }) => ({ residentId, status: 'WATCHING', resident: { id: residentId } }),
    startWatch: ({ residentId }) => ({ residentId, status: 'WATCHING' }),
  },
};

export const residents: SubgraphDescription = {
  plugin: 'residents',
  sdl: {
    community: `
      type Query { resident(id: ID!): Resident }
      type Resident @key(fields: "id") { id: ID! name: String }`,
  },
  entities: ['Resident'],
  resolvers: {
    resident: ({ id }) => ({ id, name: '陈奶奶' }),
    _entities: ({ representations }) =>
      (representations as { id: string }[]).map(({ id }) => ({
        __typename: 'Resident',
        id,
        name: '陈奶奶',
      })),
  },
};

export const alerts: SubgraphDescription = {
  plugin: 'alerts',
  sdl: {
    community: `
      type Query { alerts: [Alert!]! }
      type Mutation { raiseAlert(title: String!): Alert! }
      type Alert { id: ID! title: String! }`,
  },
  resolvers: {
    alerts: () => [{ id: 'a-1', title: '烟感报警' }],
    raiseAlert: ({ title }) => ({ id: 'a-2', title }),
  },
};
