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

/** How many commands of an import are under way at once. */
const AT_ONCE = 200;

/**
 * Imports what was found to be good, each by a command of its own: repeated after a crash half-way, it goes on where it was.
 *
 * @param importOne answers whether the item was new
 */
export async function importAll<Item>(
  items: readonly Item[],
  importOne: (item: Item) => Promise<boolean>,
): Promise<ImportReport> {
  let created = 0;
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const isNew = await Promise.all(items.slice(from, from + AT_ONCE).map(importOne));
    created += isNew.filter(Boolean).length;
  }
  return { created, updated: items.length - created };
}
