import { mutationDocument } from '@weinao/testing/conformance';
import type { HarnessViewer, LookedInto } from '@weinao/testing/conformance';

const WATCH = /* GraphQL */ `
  fragment whole on Watch {
    residentId
    status
    thresholdHours
    lastSignOfLifeAt
    lastSource
    dueAt
    pausedUntil
    concernSince
    blind
    escalations
  }
`;

export const START = `mutation ($input: StartWatchInput!) { startWatch(input: $input) { ...whole } } ${WATCH}`;
export const READ = `query ($residentId: ID!) { watch(residentId: $residentId) { ...whole resident { id } } } ${WATCH}`;
export const LIST = /* GraphQL */ `
  query ($filter: WatchFilter, $first: Int = 50, $after: String) {
    watches(filter: $filter, first: $first, after: $after) {
      nodes {
        residentId
        status
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`;

const CHANGES = {
  pauseWatch: '$until: DateTime, $reason: String!',
  resumeWatch: '',
  endWatch: '$reason: String!',
  recordSignOfLife: '$source: SignOfLifeSource!, $at: DateTime',
  closeConcern: '$outcome: ConcernOutcome!, $note: String',
} as const;

export type Change = keyof typeof CHANGES;

export const changeDocument = (change: Change): string =>
  mutationDocument(change, CHANGES[change], WATCH, 'residentId');

export async function start(
  viewer: HarnessViewer,
  input: object = {},
  idempotencyKey?: string,
): Promise<LookedInto> {
  const watch = { residentId: 'zhao', consentGivenBy: '赵秀英', ...input };
  return (await viewer.data(START, { input: watch }, { idempotencyKey })).startWatch;
}

export async function change(
  viewer: HarnessViewer,
  mutation: Change,
  rest: object = {},
  idempotencyKey?: string,
): Promise<LookedInto> {
  const variables = { residentId: 'zhao', ...rest };
  return (await viewer.data(changeDocument(mutation), variables, { idempotencyKey }))[mutation];
}
