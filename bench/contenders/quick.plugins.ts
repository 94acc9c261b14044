/** Three plugins that answer at once, so that what is measured is the way to them. */
export const HELLO = '{ hello }';
export const LIST = '{ notices { id title category status author place publishedAt acknowledgements } }';
export const ACROSS = '{ watches { id status resident { id name } } }';

const HEADER = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

export const quickPlugins = [
  {
    plugin: 'greetings',
    sdl: `${HEADER}
      type Query { hello: String! notices: [Notice!]! }
      type Notice {
        id: ID! title: String! category: String! status: String! author: String! place: String! publishedAt: String!
        acknowledgements: Int!
      }`,
  },
  {
    plugin: 'watches',
    sdl: `${HEADER}
      type Query { watches: [Watch!]! }
      type Watch { id: ID! status: String! resident: Resident }
      type Resident @key(fields: "id", resolvable: false) { id: ID! }`,
  },
  {
    plugin: 'residents',
    sdl: `${HEADER}
      type Query { resident(id: ID!): Resident }
      type Resident @key(fields: "id") { id: ID! name: String! }`,
  },
] as const;

const ids = Array.from({ length: 50 }, (_, n) => String(1_000 + n));

export const notices = ids.map((id) => ({
  ...{ id, title: `${id}号楼今日停水通知`, category: 'water', status: 'PUBLISHED', author: 'worker-1' },
  ...{ place: '桂花苑北门', publishedAt: '2026-03-02T08:00:00.000Z', acknowledgements: 17 },
}));

const watches = ids.map((id) => ({
  ...{ id, status: 'WATCHING', resident: { __typename: 'Resident', id } },
}));

/** What of a request they look at. */
export interface Asked {
  readonly query: string;
  readonly variables?: { readonly representations?: readonly { readonly id: string }[] };
}

/** What one of them answers, as data. */
export function dataFor({ query, variables }: Asked): object {
  if (query.includes('hello')) return { hello: 'world' };
  if (query.includes('notices')) return { notices };
  if (query.includes('watches')) return { watches };
  const residents = Object.values(variables ?? {}).flat() as { readonly id: string }[];
  return { _entities: residents.map(({ id }) => ({ __typename: 'Resident', id, name: '陈奶奶' })) };
}
