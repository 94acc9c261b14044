import { ApolloServer, HeaderMap } from '@apollo/server';
import type { HTTPGraphQLHead } from '@apollo/server';
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { execute, GraphQLError } from 'graphql';
import type { ExecutionResult, GraphQLFormattedError, ValidationRule } from 'graphql';
import type { GatewayRequest } from './gateway-request.ts';
import type { SubgraphCaller } from './subgraph.caller.ts';
import type { Supergraph } from './supergraph.ts';

export interface DoorAnswer extends HTTPGraphQLHead {
  readonly body: string;
}

/** Apollo Server over one supergraph: it parses, validates and caches documents; we decide who executes them. */
export class DoorServer {
  private constructor(
    private readonly server: ApolloServer<GatewayRequest>,
    readonly supergraph: Supergraph,
  ) {}

  static async start(supergraph: Supergraph, caller: SubgraphCaller): Promise<DoorServer> {
    const server = new ApolloServer<GatewayRequest>({
      gateway: gatewayOver(supergraph, caller),
      introspection: true,
      validationRules: [knownOperationKinds],
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
      formatError: withCode,
    });
    await server.start();
    return new DoorServer(server, supergraph);
  }

  async answer(body: unknown, contentType: string, request: GatewayRequest): Promise<DoorAnswer> {
    const headers = new HeaderMap([['content-type', contentType]]);
    const response = await this.server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: () => Promise.resolve(request),
    });
    const { status, headers: answered } = response;
    if (response.body.kind === 'complete') return { status, headers: answered, body: response.body.string };
    throw new Error('Apollo Server answered in pieces, though no operation here defers or streams');
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function gatewayOver(supergraph: Supergraph, caller: SubgraphCaller): GatewayInterface {
  const executor: GatewayExecutor = async (asked) => {
    const { document, operation, source, operationName } = asked;
    const variables = asked.request.variables;
    const gatewayRequest = asked.context as GatewayRequest;
    const route = supergraph.route(document, operation);
    if (typeof route === 'object') {
      return forwarded(
        await caller.call(route.plugin, source, variables, gatewayRequest, undefined, operationName),
      );
    }
    return execute({
      schema: route === 'introspection' ? supergraph.apiSchema : supergraph.stitchedSchema,
      document,
      operationName,
      variableValues: variables,
      contextValue: gatewayRequest,
    });
  };
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor }),
    stop: () => Promise.resolve(),
  };
}

/** GraphQL's own rules let a mutation pass where there are none at all. */
const knownOperationKinds: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} here.`, { nodes: node }));
  },
});

function forwarded({
  data,
  errors,
}: {
  data?: unknown;
  errors?: readonly GraphQLFormattedError[];
}): ExecutionResult {
  return {
    data: (data ?? null) as ExecutionResult['data'],
    errors: errors?.map(({ message, path, extensions }) => {
      return new GraphQLError(message, { path, extensions: { ...extensions, ...headersFor(extensions) } });
    }),
  };
}

/** Apollo makes headers of `http` and keeps it out of the answer. */
function headersFor({ retryAfter }: GraphQLFormattedError['extensions'] = {}): object {
  if (typeof retryAfter !== 'number') return {};
  return { http: { headers: new HeaderMap([['retry-after', String(retryAfter)]]) } };
}

/** Every error has a code; what was not foreseen says nothing of its insides. */
function withCode(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { locations: _inner, ...error } = formatted;
  const code = error.extensions?.code;
  if (code === 'INTERNAL_SERVER_ERROR' && !error.extensions?.incident) {
    return { ...error, message: 'Something went wrong here.', extensions: { code } };
  }
  return { ...error, extensions: { ...error.extensions, code: code ?? 'BAD_USER_INPUT' } };
}
