import { Directive, Field, Int, ArgsType, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { BadUserInput } from './bad-user-input.ts';

@ObjectType()
@Directive('@shareable')
export class PageInfo {
  @Field()
  hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

export const MOST_NODES_A_PAGE = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, nullable: true })
  @IsInt()
  @Min(1)
  @Max(MOST_NODES_A_PAGE)
  first = 20;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @MaxLength(200)
  after?: string;
}

export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
}

/** Cuts a page from one row more than was asked for. */
export function pageOf<Row, Node>(
  rows: readonly Row[],
  first: number,
  cursor: (row: Row) => string,
  node: (row: Row) => Node = (row) => row as unknown as Node,
): Page<Node> {
  const shown = rows.slice(0, first);
  const last = shown.at(-1);
  return {
    nodes: shown.map(node),
    pageInfo: { hasNextPage: rows.length > first, endCursor: last ? encodeCursor(cursor(last)) : null },
  };
}

const encodeCursor = (text: string): string => Buffer.from(text).toString('base64url');

/** @throws BadUserInput for a cursor that this API did not hand out, by the pattern of those that it does */
export function decodeCursor(
  cursor: string,
  pattern: RegExp,
  holds: (text: string) => boolean = () => true,
): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (pattern.test(text) && holds(text)) return text;
  throw new BadUserInput([{ path: 'after', rule: 'cursor', message: 'after is not a cursor of this list' }]);
}

const ID = /^[^\0]{1,64}$/;

/** Where a list in the order of ids goes on. @throws BadUserInput for what is no cursor of one */
export const decodeIdCursor = (cursor: string): string => decodeCursor(cursor, ID);
