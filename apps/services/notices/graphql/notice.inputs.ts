import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';
import { DateTimeScalar, GivenId, OptionalText, Text } from '@weinao/plugins';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import type { Audience } from '../domain/notice.events.ts';

const ID_LENGTH = 64;
const TITLE_LENGTH = 200;
const BODY_LENGTH = 10_000;
const REASON_LENGTH = 2_000;
const NAME_LENGTH = 100;
/** Of a building and of a tag, as of residents. */
const PLACE_LENGTH = 40;
const MOST_BUILDINGS = 200;
const MOST_TAGS = 20;
const OLDEST = 150;

const Names =
  (most: number): PropertyDecorator =>
  (target, property) => {
    IsOptional()(target, property);
    ArrayMaxSize(most)(target, property);
    Matches(new RegExp(`^[^\\0]{1,${PLACE_LENGTH}}$`), {
      each: true,
      message: `each of $property must have 1 to ${PLACE_LENGTH} characters`,
    })(target, property);
  };

const NotBelowMinAge = (): PropertyDecorator =>
  ValidateBy({
    name: 'notBelowMinAge',
    validator: {
      validate: (maxAge, context) => {
        const { minAge } = context?.object as AudienceInput;
        return typeof maxAge !== 'number' || typeof minAge !== 'number' || maxAge >= minAge;
      },
      defaultMessage: () => '$property must not be below minAge',
    },
  });

@InputType({ description: 'An empty audience is everybody; several conditions must all hold.' })
export class AudienceInput {
  @Field(() => [String], { nullable: true })
  @Names(MOST_BUILDINGS)
  buildings?: string[] | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(OLDEST)
  minAge?: number | null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(OLDEST)
  @NotBelowMinAge()
  maxAge?: number | null;

  @Field(() => [String], { nullable: true })
  @Names(MOST_TAGS)
  tags?: string[] | null;
}

export const audienceOf = ({ buildings, minAge, maxAge, tags }: AudienceInput): Audience => ({
  buildings: [...new Set(buildings ?? [])],
  minAge: minAge ?? null,
  maxAge: maxAge ?? null,
  tags: [...new Set(tags ?? [])],
});

@InputType()
export class PublishNoticeInput {
  @Field()
  @Text(TITLE_LENGTH)
  title: string;

  @Field()
  @Text(BODY_LENGTH)
  body: string;

  @Field(() => AudienceInput)
  @ValidateNested()
  @Type(() => AudienceInput)
  audience: AudienceInput;

  @Field(() => Boolean, { defaultValue: false, nullable: true })
  mustRead?: boolean | null;

  @Field(() => Boolean, {
    defaultValue: false,
    nullable: true,
    description: 'Takes over every addressed screen at once, alone, until withdrawn or expired',
  })
  urgent?: boolean | null;

  @Field(() => Boolean, { defaultValue: true, nullable: true })
  onScreens?: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, where it is left out' })
  publishAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  expiresAt?: string | null;
}

@ArgsType()
export class AudienceArgs {
  @Field(() => AudienceInput)
  @ValidateNested()
  @Type(() => AudienceInput)
  audience: AudienceInput;
}

@ArgsType()
export class NoticeArgs {
  @Field(() => ID)
  @Text(ID_LENGTH)
  id: string;
}

@ArgsType()
export class WithdrawNoticeArgs extends NoticeArgs {
  @Field()
  @Text(REASON_LENGTH)
  reason: string;
}

@InputType()
export class RegisterScreenInput {
  @Field(() => ID)
  @GivenId()
  id: string;

  @Field()
  @Text(NAME_LENGTH)
  name: string;

  @Field(() => String, { nullable: true, description: 'None for one that shows what is for all only' })
  @OptionalText(PLACE_LENGTH)
  building?: string | null;
}
