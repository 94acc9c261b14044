import { buildSubgraphSchema } from '@apollo/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver, GraphQLFederationFactory } from '@nestjs/graphql';
import type { GqlModuleOptions } from '@nestjs/graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { withReachableTypes } from './reachable-types.ts';

export interface SubgraphDriverOptions extends GqlModuleOptions {
  onSchema(schema: GraphQLSchema): void;
}

type SubgraphParts = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: DocumentNode }>;

/** Builds a federated schema from Nest's resolvers and hands it over: a subgraph is served on the bus, not by HTTP. */
@Injectable()
export class SubgraphDriver extends AbstractGraphQLDriver<SubgraphDriverOptions> {
  @Inject(GraphQLFederationFactory)
  private readonly federation: GraphQLFederationFactory;

  override async generateSchema(options: SubgraphDriverOptions): Promise<GraphQLSchema> {
    const kept = (options.buildSchemaOptions?.orphanedTypes ?? []).map(
      (type) => (type as { name: string }).name,
    );
    const schema = await this.federation.generateSchema(options, (built) => {
      const { typeDefs, resolvers } = built as SubgraphParts; // Nest types them for Apollo's older releases
      return buildSubgraphSchema([{ typeDefs: withReachableTypes(typeDefs, kept), resolvers }]);
    });
    options.onSchema(schema);
    return schema;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
