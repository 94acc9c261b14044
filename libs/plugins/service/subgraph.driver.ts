import { buildSubgraphSchema } from '@apollo/subgraph';
import { Inject, Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver, GraphQLFederationFactory, GraphQLSchemaFactory } from '@nestjs/graphql';
import type { GqlModuleOptions } from '@nestjs/graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';

export interface SubgraphDriverOptions extends GqlModuleOptions {
  onSchema(schema: GraphQLSchema): void;
}

type SubgraphParts = Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: DocumentNode }>;

/** Builds a federated schema from Nest's resolvers and hands it over: a subgraph is served on the bus, not by HTTP. */
@Injectable()
export class SubgraphDriver extends AbstractGraphQLDriver<SubgraphDriverOptions> {
  @Inject(GraphQLFederationFactory)
  private readonly federation: GraphQLFederationFactory;

  @Inject(GraphQLSchemaFactory)
  private readonly schemas: GraphQLSchemaFactory;

  override async generateSchema(options: SubgraphDriverOptions): Promise<GraphQLSchema> {
    keepOutOthers(this.schemas);
    const schema = await this.federation.generateSchema(options, (built) => {
      const { typeDefs, resolvers } = built as SubgraphParts; // Nest types them for Apollo's older releases
      return buildSubgraphSchema([{ typeDefs, resolvers }]);
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

/**
 * Nest keeps one store of types for the whole process, and adds to every schema each type that a field of any of them
 * refers to. Where several plugins share a process, each must still serve exactly its own: what its operations lead to,
 * and its `orphanedTypes`. There is no option for that in Nest 12; a Nest that changes here fails the contracts.
 */
function keepOutOthers(schemas: GraphQLSchemaFactory): void {
  const { orphanedTypesFactory } = schemas as unknown as {
    orphanedTypesFactory: { orphanedReferenceRegistry: { getAll(): readonly object[] } };
  };
  orphanedTypesFactory.orphanedReferenceRegistry.getAll = () => [];
}
