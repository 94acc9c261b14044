import { Field, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from './page.type.ts';

type Class<Instance> = abstract new (...args: never[]) => Instance;

/** What a list's connection has in common with every other; extend it by a class that names it. */
export function connectionOf<Node extends object>(node: Class<Node>) {
  @ObjectType({ isAbstract: true })
  abstract class Connection {
    @Field(() => [node])
    nodes: readonly Node[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;

    /** Counted only where somebody asks for it. */
    @Field(() => Int)
    totalCount: () => Promise<number>;
  }
  return Connection;
}
