import type { Bus, BusSubscription } from '@weinao/events';
import { parseManifest, wireSubjects } from '@weinao/plugins';
import type { AnnouncedLive, Announcement, Door, SubgraphRequest } from '@weinao/plugins';
import { Inbox } from '@weinao/testing';
import { buildASTSchema, graphql, parse } from 'graphql';
import type { GraphQLSchema } from 'graphql';

export type Resolver = (args: Readonly<Record<string, unknown>>) => unknown;

export interface SubgraphDescription {
  readonly plugin: string;
  readonly scope?: 'platform' | 'community';
  /** By door, without the federation's header. */
  readonly sdl: Readonly<Partial<Record<Door, string>>>;
  readonly resolvers?: Readonly<Record<string, Resolver>>;
  /** Types with a key that this subgraph resolves; `resolvers._entities` answers for them. */
  readonly entities?: readonly string[];
  /** What it tells live, each field by the permission `see`, which workers have. */
  readonly live?: readonly Omit<AnnouncedLive, 'permission'>[];
  /** Position in the plugin's log that each answer tells. */
  position?(): string;
}

const HEADER = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])`;

/** A plugin's service as the gateway sees it: it answers on the bus, and remembers what it was asked. */
export class MadeUpSubgraph {
  readonly asked = new Inbox<SubgraphRequest>();
  private readonly schemas: Partial<Record<Door, GraphQLSchema>>;
  private responder: BusSubscription | undefined;
  private resolvers: Readonly<Record<string, Resolver>> | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly description: SubgraphDescription,
  ) {
    this.schemas = Object.fromEntries(
      Object.entries(description.sdl).map(([door, sdl]) => [door, executable(sdl, description.entities)]),
    );
    this.resolvers = description.resolvers;
    this.start();
  }

  get requests(): SubgraphRequest[] {
    return this.asked.items;
  }

  /** Other resolvers than described, from now on. */
  answerWith(resolvers: Readonly<Record<string, Resolver>>): void {
    this.resolvers = resolvers;
  }

  get announcement(): Announcement {
    const { plugin: id, scope, sdl, live } = this.description;
    const manifest = parseManifest({
      id,
      scope,
      name: { zh: id, en: id },
      version: '1.0.0',
      requires: [],
      publishes: [],
      consumes: [],
      permissions: live ? [{ id: 'see', name: { zh: '查看', en: 'See' }, roles: ['worker'] }] : [],
    });
    const withHeader = Object.entries(sdl).map(([door, text]) => [door, `${HEADER}\n${text}`]);
    return {
      ...{ manifest, sdl: Object.fromEntries(withHeader) as Announcement['sdl'] },
      ...(live && { live: live.map((one) => ({ ...one, permission: `${id}.see` })) }),
    };
  }

  start(): void {
    const { plugin } = this.description;
    this.responder = this.bus.respond(wireSubjects.subgraph(plugin), plugin, ({ text }) => this.answer(text));
  }

  async stop(): Promise<void> {
    await this.responder?.stop();
  }

  private async answer(text: string): Promise<string> {
    const request = JSON.parse(text) as SubgraphRequest;
    this.asked.take(request);
    const result = await graphql({
      schema: this.schemas[request.door]!,
      source: request.query,
      operationName: request.operationName,
      variableValues: request.variables,
      rootValue: this.resolvers,
    });
    return JSON.stringify({ result, position: this.description.position?.() });
  }
}

function executable(sdl: string, entities: readonly string[] = []): GraphQLSchema {
  const federated = `
    scalar _Any
    union _Entity = ${entities.join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`;
  const text = entities.length > 0 ? `${sdl}\n${federated}` : sdl;
  return buildASTSchema(parse(text), { assumeValid: true, assumeValidSDL: true });
}
