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
import { Commands, Permission, PluginRequest } from '@weinao/plugins';
import { IsIn, IsInt, IsString } from 'class-validator';
import { errandDecider } from './errand.decider.ts';
import type { ErrandCommand } from './errand.decider.ts';
import { WAYS_TO_SPOIL } from './spoiled.events.ts';

@ObjectType('Errand')
export class ErrandType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => Int)
  notes: number;

  @Field(() => String, { nullable: true })
  lastNote: string | null;
}

@ArgsType()
export class OpenErrandArgs {
  @Field()
  @IsString()
  title: string;
}

@ArgsType()
export class NoteErrandArgs {
  @Field(() => ID)
  @IsString()
  id: string;

  @Field()
  @IsString()
  text: string;

  @Field(() => Int)
  @IsInt()
  parts: number;
}

@ArgsType()
export class SpoilErrandArgs {
  @Field(() => ID)
  @IsString()
  id: string;

  @Field()
  @IsIn(WAYS_TO_SPOIL)
  how: string;
}

@Resolver()
export class ErrandResolver {
  constructor(private readonly commands: Commands) {}

  @Query(() => Boolean)
  @Permission('errands.run')
  errandsRun(): boolean {
    return true;
  }

  @Mutation(() => ErrandType)
  @Permission('errands.run')
  openErrand(@Args() { title }: OpenErrandArgs, @Context() request: PluginRequest): Promise<ErrandType> {
    return this.execute({ type: 'OpenErrand', title }, request);
  }

  @Mutation(() => ErrandType)
  @Permission('errands.run')
  noteErrand(
    @Args() { id, text, parts }: NoteErrandArgs,
    @Context() request: PluginRequest,
  ): Promise<ErrandType> {
    return this.execute({ type: 'NoteErrand', text, parts }, request, id);
  }

  @Mutation(() => ErrandType)
  @Permission('errands.run')
  spoilErrand(@Args() { id, how }: SpoilErrandArgs, @Context() request: PluginRequest): Promise<ErrandType> {
    return this.execute({ type: 'SpoilErrand', how }, request, id);
  }

  private async execute(command: ErrandCommand, request: PluginRequest, id?: string): Promise<ErrandType> {
    const done = await this.commands.execute(errandDecider, command, request, { id });
    return { id: done.id, ...done.state };
  }
}
