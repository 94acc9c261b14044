import { randomUUID } from 'node:crypto';
import { Rejection } from '@weinao/events';
import { execute, GraphQLError, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { isDatabaseOutage } from './database-outage.ts';
import type { PluginRequest } from './plugin-request.ts';
import type { SubgraphRequest, SubgraphResult } from '../wire/subgraph.protocol.ts';

type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const MOST_DOCUMENTS = 1_000;
const UNAVAILABLE =
  'The database does not answer at the moment. Try again; with an Idempotency-Key a mutation is safe to repeat.';

/** Executes operations on a plugin's schema; each document is parsed and validated once. */
export class Subgraph {
  private readonly documents = new LRUCache<string, Prepared>({ max: MOST_DOCUMENTS });

  constructor(
    readonly schema: GraphQLSchema,
    readonly sdl: string,
    private readonly report: (message: string, error: unknown) => void,
  ) {}

  async execute(request: SubgraphRequest, contextValue: PluginRequest): Promise<SubgraphResult> {
    const prepared = this.prepare(request.query);
    if ('errors' in prepared) return { errors: prepared.errors.map((error) => this.format(error)) };
    const result: ExecutionResult = await execute({
      schema: this.schema,
      document: prepared.document,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue,
    });
    const { data, errors } = result;
    return errors ? { data, errors: errors.map((error) => this.format(error)) } : { data };
  }

  private prepare(query: string): Prepared {
    const known = this.documents.get(query);
    if (known) return known;
    const prepared = this.parsed(query);
    this.documents.set(query, prepared);
    return prepared;
  }

  private parsed(query: string): Prepared {
    try {
      const document = parse(query);
      const errors = validate(this.schema, document);
      return errors.length > 0 ? { errors } : { document };
    } catch (error) {
      return { errors: [error as GraphQLError] };
    }
  }

  /** What the caller may know of an error. Anything unforeseen is logged here and keeps its details to itself. */
  private format(error: GraphQLError): GraphQLFormattedError {
    const cause = error.originalError;
    if (cause instanceof Rejection) return withCode(error, cause.code, cause.message, cause.details);
    if (cause instanceof GraphQLError) return withCode(error, codeOf(cause), cause.message, cause.extensions);
    if (cause === undefined || isCoercion(error)) return withCode(error, codeOf(error), error.message);
    if (isDatabaseOutage(cause)) {
      this.report('The database is away', cause);
      return withCode(error, 'PLUGIN_UNAVAILABLE', UNAVAILABLE);
    }
    const incident = randomUUID();
    this.report(`Incident ${incident} at ${error.path?.join('.') ?? 'an operation'}`, cause);
    return withCode(
      error,
      'INTERNAL_SERVER_ERROR',
      `Something went wrong here; it is logged as ${incident}.`,
      { incident },
    );
  }
}

/** graphql-js wraps an input's failure before any resolver runs, so it has no path. */
const isCoercion = (error: GraphQLError): boolean => error.path === undefined;

const codeOf = (error: GraphQLError): string =>
  typeof error.extensions.code === 'string' ? error.extensions.code : 'BAD_USER_INPUT';

function withCode(
  error: GraphQLError,
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLFormattedError {
  return { message, path: error.path, locations: error.locations, extensions: { ...details, code } };
}
