import type { SubgraphDescription } from './made-up.subgraph.ts';

/** A plugin that tells live of its incidents; nobody sees the hidden one. */
export const incidents: SubgraphDescription = {
  plugin: 'incidents',
  sdl: {
    community: `
      type Query { incident(id: ID!): Incident incidents: [Incident!]! }
      type Mutation { endIncident(id: ID!): Incident }
      type Subscription { incidentChanged(id: ID): Incident! }
      type Incident { id: ID! title(long: Boolean): String! who: Resident! }
      type Resident @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  live: [
    {
      field: 'incidentChanged',
      follows: ['IncidentRaised', 'IncidentEnded'],
      query: 'incident',
      argument: 'id',
      id: ':stream.:ordinal',
    },
  ],
  resolvers: {
    incident: ({ id }) => (id === 'hidden.1' ? null : incident(id)),
    endIncident: ({ id }) => incident(id),
  },
};

export const incident = (id: unknown): object => ({
  id,
  title: ({ long }: { long?: boolean }) => (long ? '烟感报警' : '烟'),
  who: { id: 'chen' },
});
