import type { HarnessViewer, LookedInto } from '@weinao/testing/conformance';

const ALERT = /* GraphQL */ `
  fragment whole on Alert {
    id
    kind
    title
    severity
    status
    drill
    location {
      building
      unit
    }
    sourceId
    signals
    raisedAt
    acknowledgedAt
    acknowledgedBy
    escalations
    resolvedAt
    note
  }
`;

export const RAISE = `mutation ($input: RaiseAlertInput!) { raiseAlert(input: $input) { ...whole } } ${ALERT}`;
export const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeAlert(id: $id) { ...whole } } ${ALERT}`;
export const RESOLVE = `mutation ($id: ID!, $outcome: AlertOutcome!, $note: String) {
  resolveAlert(id: $id, outcome: $outcome, note: $note) { ...whole }
} ${ALERT}`;
export const READ = `query ($id: ID!) { alert(id: $id) { ...whole } } ${ALERT}`;
export const LIST = /* GraphQL */ `
  query ($filter: AlertFilter, $first: Int = 20, $after: String) {
    alerts(filter: $filter, first: $first, after: $after) {
      nodes {
        id
        title
        status
        signals
        sourceId
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`;

export const stuckLift = { kind: 'OTHER', title: '电梯困人', location: { building: '3号楼', unit: '2单元' } };

export async function raise(
  viewer: HarnessViewer,
  input: object = {},
  idempotencyKey?: string,
): Promise<LookedInto> {
  const data = await viewer.data(RAISE, { input: { ...stuckLift, ...input } }, { idempotencyKey });
  return data.raiseAlert;
}
