import { Inject, Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver, GraphQLFederationFactory } from '@nestjs/graphql';
import type { GqlModuleOptions } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';

export interface SubgraphDriverOptions extends GqlModuleOptions {
  onSchema(schema: GraphQLSchema): void;
}

/** Builds a federated schema from Nest's resolvers and hands it over: a subgraph is served on the bus, not by HTTP. */
@Injectable()
export class SubgraphDriver extends AbstractGraphQLDriver<SubgraphDriverOptions> {
  @Inject(GraphQLFederationFactory)
  private readonly federation: GraphQLFederationFactory;

  override async generateSchema(options: SubgraphDriverOptions): Promise<GraphQLSchema> {
    const schema = await this.federation.generateSchema(options);
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
