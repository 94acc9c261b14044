import { beforeEach, describe, expect, it } from '@jest/globals';
import { reject } from '@weinao/events';
import { buildSchema } from 'graphql';
import { PluginRequest } from './plugin-request.ts';
import { Subgraph } from './subgraph.ts';
import { BadUserInput } from '../graphql/bad-user-input.ts';
import { forbidden, notFound } from '../graphql/coded-error.ts';
import type { SubgraphResult } from '../wire/subgraph.protocol.ts';

const viewer = { id: 'resident-lin', roles: ['resident'], communityId: 'osmanthus-court' } as const;
const context = new PluginRequest({
  door: 'community',
  communityId: viewer.communityId,
  viewer,
  permissions: [],
  settings: {},
  correlationId: 'a-request',
});

const SQL = 'insert into tickets.ticket values ($1)';

class QueryFailed extends Error {
  readonly query = SQL;
  readonly parameters = ['resident-lin'];
}

/** What goes wrong in a resolver, by the name of the field. */
const failures: Readonly<Record<string, () => unknown>> = {
  database: () => {
    throw new QueryFailed(`relation "tickets.ticket" does not exist: ${SQL}`);
  },
  text: () => {
    throw 'a bare text'; // eslint-disable-line @typescript-eslint/only-throw-error
  },
  rejected: () => reject('TICKET_ALREADY_CLOSED', 'The ticket is closed already.', { since: 'yesterday' }),
  hidden: () => {
    throw forbidden('This is not yours.');
  },
  missing: () => {
    throw notFound('ticket', 'lamp');
  },
  input: () => {
    throw new BadUserInput([{ path: 'title', rule: 'maxLength', message: 'title is too long' }]);
  },
};

const fields = Object.keys(failures).map((name) => `${name}: String`);
const schema = buildSchema(`type Query { ok(stars: Int): String ${fields.join(' ')} never: String! }`);
for (const [name, resolve] of Object.entries(failures))
  schema.getQueryType()!.getFields()[name]!.resolve = resolve;
schema.getQueryType()!.getFields().ok!.resolve = () => '桂花苑';

let reported: unknown[];
let subgraph: Subgraph;

beforeEach(() => {
  reported = [];
  subgraph = new Subgraph(schema, '', (_message, error) => reported.push(error));
});

const run = (query: string, variables?: Record<string, unknown>): Promise<SubgraphResult> =>
  subgraph.execute(
    {
      door: 'community',
      communityId: viewer.communityId,
      query,
      variables,
      viewer,
      correlationId: 'a-request',
      directoryPosition: '0',
    },
    context,
  );

describe('an error that nobody foresaw', () => {
  it('leaks nothing of itself, and is found in the log by its incident', async () => {
    const result = await run('{ ok database }');
    expect(result.data).toEqual({ ok: '桂花苑', database: null });
    const incident = result.errors![0]!.extensions!.incident as string;
    expect(incident).toMatch(/^[0-9a-f-]{36}$/);
    expect(result.errors).toEqual([
      {
        message: `Something went wrong here; it is logged as ${incident}.`,
        path: ['database'],
        locations: [{ line: 1, column: 6 }],
        extensions: { code: 'INTERNAL_SERVER_ERROR', incident },
      },
    ]);
    const told = JSON.stringify(result);
    for (const secret of ['tickets.ticket', 'insert', 'resident-lin', 'at '])
      expect(told).not.toContain(secret);
    expect(reported).toEqual([expect.objectContaining({ query: SQL })]);
  });

  it('leaks nothing where it is no Error at all', async () => {
    const { errors } = await run('{ text }');
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toContain('a bare text');
    expect(reported).toHaveLength(1);
  });

  it('leaks nothing where a field that must be there is not', async () => {
    const { errors } = await run('{ never }');
    expect(errors?.[0]?.path).toEqual(['never']);
    expect(errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(errors)).not.toContain('non-nullable');
  });
});

describe('an error that the caller can do something about', () => {
  it.each([
    ['rejected', { code: 'TICKET_ALREADY_CLOSED', since: 'yesterday' }, 'The ticket is closed already.'],
    ['hidden', { code: 'FORBIDDEN' }, 'This is not yours.'],
    ['missing', { code: 'NOT_FOUND', id: 'lamp' }, 'There is no ticket lamp here.'],
    [
      'input',
      {
        code: 'BAD_USER_INPUT',
        problems: [{ path: 'title', rule: 'maxLength', message: 'title is too long' }],
      },
      'title: title is too long',
    ],
  ])('comes with its code and details: %s', async (field, extensions, message) => {
    const { errors } = await run(`{ ${field} }`);
    expect(errors).toEqual([expect.objectContaining({ message, extensions, path: [field] })]);
    expect(reported).toEqual([]);
  });

  it.each([
    ['a document that is none', '{ ok', undefined],
    ['a field that there is not', '{ surprise }', undefined],
    ['a variable of another type', 'query ($stars: Int) { ok(stars: $stars) }', { stars: 'five' }],
    ['a variable that is missing', 'query ($stars: Int!) { ok(stars: $stars) }', {}],
  ])('is bad input: %s', async (_what, query, variables) => {
    for (const again of [1, 2]) {
      const { data, errors } = await run(query, variables);
      expect({ again, data, code: errors?.[0]?.extensions?.code }).toEqual({
        again,
        data: undefined,
        code: 'BAD_USER_INPUT',
      });
    }
    expect(reported).toEqual([]);
  });
});
