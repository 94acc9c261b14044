import { Directive, Field, Int, ObjectType } from '@nestjs/graphql';

/** What an import that is taken whole, or not at all, did. */
@ObjectType()
@Directive('@shareable')
export class ImportReport {
  @Field(() => Int)
  created: number;

  @Field(() => Int)
  updated: number;
}
