import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from '@nestjs/graphql';
import { Commands, Permission, PluginRequest, Text } from '@weinao/plugins';
import { wishDecider } from './wish.decider.ts';
import { WishReader } from './wish.row.ts';

@ObjectType('Wish')
export class WishType {
  @Field(() => ID)
  id: string;

  @Field()
  text: string;
}

@ArgsType()
export class MakeWishArgs {
  @Field()
  @Text(200)
  text: string;
}

@Resolver()
export class WishResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: WishReader,
  ) {}

  @Query(() => [WishType])
  @Permission('wishes.read')
  wishes(@Context() { communityId }: PluginRequest): Promise<WishType[]> {
    return this.reader.of(communityId);
  }

  /** Which of several replicas answers. */
  @Query(() => Int)
  @Permission('wishes.read')
  wishProcess(): number {
    return process.pid;
  }

  @Mutation(() => WishType)
  @Permission('wishes.make')
  async makeWish(@Args() { text }: MakeWishArgs, @Context() request: PluginRequest): Promise<WishType> {
    const { id } = await this.commands.execute(wishDecider, { type: 'MakeWish', text }, request);
    return { id, text };
  }
}
