import type { Reply } from '../clients/graphql.client.ts';

export interface BadRequest {
  readonly about: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: Reply;
}

const query = (text: string, variables: object = {}): string => JSON.stringify({ query: text, variables });

const NOTE = 'mutation ($text: String!) { noteErrand(id: "none", text: $text, parts: 1) { id } }';
const fits = query('{ errandsRun }');

/** What a careless or hostile client sends. The answer is the caller's fault, and says so. */
export const BAD_REQUESTS: readonly BadRequest[] = [
  { about: 'no JSON', body: '{"query":', expected: { status: 400, code: 'BAD_REQUEST' } },
  { about: 'nothing', body: '', expected: { status: 400, code: 'BAD_REQUEST' } },
  {
    about: 'another content type',
    body: fits,
    headers: { 'content-type': 'text/plain' },
    expected: { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
  },
  {
    about: 'a body that is too large',
    body: query(NOTE, { text: 'x'.repeat(200_000) }),
    expected: { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  },
  {
    about: 'a key that is too long',
    body: fits,
    headers: { 'idempotency-key': 'k'.repeat(201) },
    expected: { status: 400, code: 'BAD_USER_INPUT' },
  },
  {
    about: 'no token',
    body: fits,
    headers: { authorization: 'Bearer none' },
    expected: { status: 401, code: 'UNAUTHENTICATED' },
  },
  {
    about: 'an unknown field',
    body: query('{ nothingOfTheKind }'),
    expected: { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' },
  },
  {
    about: 'a variable of another type',
    body: query(NOTE, { text: { deep: ['er'] } }),
    expected: { status: 200, code: 'BAD_USER_INPUT' },
  },
  {
    about: 'something that is not there',
    body: query(NOTE, { text: 'on what?' }),
    expected: { status: 200, code: 'NOT_FOUND' },
  },
];

/** By the kind of `WAYS_TO_SPOIL`: what a bad event is answered with. */
export function answerToSpoiled(how: string): Reply {
  const fault = how === 'throwing'; // of the program, not of the caller
  return { status: 200, code: fault ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT' };
}
