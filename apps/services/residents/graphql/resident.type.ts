import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '@weinao/plugins';

@ObjectType('Resident', { description: 'Personal fields are null for a viewer without the permission.' })
@Directive('@key(fields: "id")')
export class ResidentType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  birthDate: string | null;

  @Field(() => Int, { nullable: true, description: 'In whole years, by the date of the community' })
  age: number | null;

  @Field(() => String, { nullable: true })
  phone: string | null;

  @Field(() => String, { nullable: true })
  building: string | null;

  @Field(() => String, { nullable: true })
  unit: string | null;

  @Field(() => String, { nullable: true })
  room: string | null;

  @Field(() => Boolean, { nullable: true })
  livesAlone: boolean | null;

  @Field(() => [String], { description: 'None for a viewer without the permission' })
  tags: readonly string[];
}

@ObjectType('ResidentConnection')
export class ResidentConnectionType extends connectionOf(ResidentType) {}
