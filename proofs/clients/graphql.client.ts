import type { LocalIssuer } from '@weinao/gateway';
import type { Role } from '@weinao/plugins';

/** As much of an answer as says how it went. */
export interface Reply {
  readonly status: number;
  /** Of the first error; `none` where there is none. */
  readonly code: string;
}

export interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Codes of the errors; empty where everything went well. */
  readonly codes: readonly string[];
}

/** Longer than the gateway's own. */
const PATIENCE_MS = 15_000;

/** Somebody with a token, at a door of the gateway. */
export class GraphqlClient {
  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  static async of(
    issuer: LocalIssuer,
    url: string,
    subject: string,
    role: Role,
    communityId: string | null,
  ): Promise<GraphqlClient> {
    const token = await issuer.issue({ subject, roles: [role], communityId, lifetime: '12h' });
    const door = communityId === null ? '/graphql' : `/communities/${communityId}/graphql`;
    return new GraphqlClient(`${url}${door}`, token);
  }

  /** @throws Error where no JSON comes back within the patience, in ms: the outcome is not known */
  async ask(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    key?: string,
    patience = PATIENCE_MS,
  ): Promise<Answer> {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    return this.post(JSON.stringify({ query, variables }), headers, patience);
  }

  /** Any body at all, with headers that may put aside our own. @throws Error where no JSON comes back in time */
  async send(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const { status, codes } = await this.post(body, headers, PATIENCE_MS);
    return { status, code: codes[0] ?? 'none' };
  }

  private async post(
    body: string,
    headers: Readonly<Record<string, string>>,
    patience: number,
  ): Promise<Answer> {
    const response = await fetch(this.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}`, ...headers },
      body,
      signal: AbortSignal.timeout(patience),
    });
    const { data = null, errors = [] } = (await response.json()) as {
      data?: Answer['data'];
      errors?: { extensions?: { code?: string } }[];
    };
    return {
      status: response.status,
      data,
      codes: errors.map(({ extensions }) => extensions?.code ?? 'none'),
    };
  }
}
