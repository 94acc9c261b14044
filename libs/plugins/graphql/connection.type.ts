import { Field, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from './page.type.ts';
import type { Page } from './page.type.ts';

type Class<Instance> = abstract new (...args: never[]) => Instance;

export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: PageInfo;
  readonly totalCount: Promise<number>;
}

/** What the connection of every list looks like; extend it by a class that names it. */
export function connectionOf<Node extends object>(node: Class<Node>) {
  @ObjectType({ isAbstract: true })
  abstract class ConnectionType implements Connection<Node> {
    @Field(() => [node])
    nodes: readonly Node[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    @Field(() => Int)
    readonly totalCount: Promise<number>;
  }
  return ConnectionType;
}

/** A page of a list, which is counted only where somebody asks how long the list is. */
export function connection<Node>(page: Page<Node>, count: () => Promise<number>): Connection<Node> {
  return {
    ...page,
    get totalCount() {
      return count();
    },
  };
}
