import { Args, Context, Field, ID, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Commands, notFound, Permission, PluginRequest } from '@weinao/plugins';
import { keyDecider } from './domain/key.decider.ts';
import type { KeyDecider } from './domain/key.decider.ts';
import { KeyReader } from './key.row.ts';

@ObjectType('Key')
export class KeyType {
  @Field(() => ID)
  id: string;

  @Field()
  label: string;
}

/** What a planted bug makes of the resolvers. */
export interface KeyHabits {
  readonly decider?: KeyDecider;
  /** Does not look whose key it is. */
  readonly showsAll?: boolean;
  /** Tells a key of others from one that never was. */
  readonly knowsAll?: boolean;
  /** Others inherit its operations. */
  readonly isAbstract?: boolean;
  /** Whatever it says of a label. */
  readonly said?: (label: string) => string;
}

/** @returns the resolver of the mutations */
export function keyMutations({ decider = keyDecider, said = String, ...habits }: KeyHabits = {}) {
  @Resolver()
  class KeyMutationsResolver {
    constructor(
      readonly commands: Commands,
      readonly reader: KeyReader,
    ) {}

    @Mutation(() => KeyType)
    @Permission('keys.cut')
    async cutKey(@Args('label') label: string, @Context() request: PluginRequest): Promise<KeyType> {
      const { id } = await this.commands.execute(decider, { type: 'CutKey', label }, request);
      return { id, label: said(label) };
    }

    @Mutation(() => KeyType)
    @Permission('keys.cut')
    async returnKey(
      @Args('id', { type: () => ID }) id: string,
      @Context() request: PluginRequest,
    ): Promise<KeyType> {
      const key = await this.reader.find(id, habits.knowsAll ? undefined : request.communityId);
      if (!key) throw notFound('key', id);
      await this.commands.execute(decider, { type: 'ReturnKey' }, request, { id });
      return { id, label: key.label };
    }
  }
  return KeyMutationsResolver;
}

/** @returns the resolver of the query, which asks for a permission */
export function keyQueries({ showsAll = false, isAbstract = false }: KeyHabits = {}) {
  @Resolver({ isAbstract })
  class KeyQueriesResolver {
    constructor(readonly reader: KeyReader) {}

    @Query(() => KeyType)
    @Permission('keys.read')
    async key(
      @Args('id', { type: () => ID }) id: string,
      @Context() request: PluginRequest,
    ): Promise<KeyType> {
      const key = await this.reader.find(id, showsAll ? undefined : request.communityId);
      if (!key) throw notFound('key', id);
      return key;
    }
  }
  return KeyQueriesResolver;
}
