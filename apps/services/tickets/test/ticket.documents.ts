import { mutationDocument } from '@weinao/testing/conformance';
import type { HarnessViewer } from '@weinao/testing/conformance';

const TICKET = /* GraphQL */ `
  fragment whole on Ticket {
    id
    number
    kind
    category
    title
    description
    location {
      address
      building
      unit
      point {
        latitude
        longitude
      }
    }
    status
    openedAt
    openedBy
    assigneeId
    resolution
    stars
    externalId
    dueAt
    overdue
    history {
      type
      at
      by
      note
    }
  }
`;

export const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ...whole } } ${TICKET}`;
export const READ = `query ($id: ID!) { ticket(id: $id) { ...whole } } ${TICKET}`;
export const LIST = /* GraphQL */ `
  query ($filter: TicketFilter, $first: Int = 20, $after: String) {
    tickets(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        number
        title
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`;
export const IMPORT = /* GraphQL */ `
  mutation ($source: String!, $rows: [JSON!]!) {
    importTickets(source: $source, rows: $rows) {
      created
      repeated
      problems {
        row
        path
        rule
        message
      }
    }
  }
`;

/** The mutations that change a ticket, with their arguments beside the id. */
const CHANGES = {
  assignTicket: '$assigneeId: ID!',
  startTicket: '',
  resolveTicket: '$resolution: String!',
  reopenTicket: '$reason: String!',
  rateTicket: '$stars: Int!, $comment: String',
  cancelTicket: '$reason: String!',
  commentOnTicket: '$text: String!',
  joinTicket: '',
} as const;

export type Change = keyof typeof CHANGES;

export const changeDocument = (change: Change): string => mutationDocument(change, CHANGES[change], TICKET);

export const brokenLamp = {
  kind: 'REPAIR',
  category: '公共照明',
  title: '3号楼楼道灯坏了',
  description: '二楼到三楼之间，晚上看不见台阶',
  location: { building: '3号楼', unit: '2单元', point: { latitude: 30.25, longitude: 120.17 } },
};

/** Opens a ticket; what is not said is the lamp of building 3. */
export async function open(
  viewer: HarnessViewer,
  input: object = {},
  idempotencyKey?: string,
): Promise<{ id: string; number: number } & Record<string, unknown>> {
  const { openTicket } = await viewer.data(OPEN, { input: { ...brokenLamp, ...input } }, { idempotencyKey });
  return openTicket;
}

export async function change(
  viewer: HarnessViewer,
  id: string,
  mutation: Change,
  rest: object = {},
  idempotencyKey?: string,
): Promise<Record<string, unknown>> {
  const data = await viewer.data(changeDocument(mutation), { id, ...rest }, { idempotencyKey });
  return data[mutation];
}
