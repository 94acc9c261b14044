import type { Role } from '@weinao/plugins';
import type { LocalIssuer } from '@weinao/gateway';

export interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
}

/** The server's own words. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed';

  constructor(
    message: string,
    /** Of the first error; undefined where the answer holds none. */
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** @throws OperationFailed when the answer holds an error, or no data */
export async function runOperation<Data>(
  address: string,
  token: string,
  operation: Operation,
): Promise<Data> {
  const { query, variables, idempotencyKey } = operation;
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as GraphqlAnswer<Data>;
  if (errors?.length || !data) {
    throw new OperationFailed(
      errors?.map(describe).join('; ') ?? `HTTP ${response.status}`,
      errors?.[0]?.extensions?.code,
    );
  }
  return data;
}

const describe = ({ message, extensions }: NonNullable<GraphqlAnswer<unknown>['errors']>[number]): string =>
  extensions?.code ? `${extensions.code}: ${message}` : message;

/** A token for a command of this machine. */
export const ownToken = (issuer: LocalIssuer, role: Role, communityId: string | null): Promise<string> =>
  issuer.issue({ subject: 'weinao-cli', roles: [role], communityId, lifetime: '1h' });
