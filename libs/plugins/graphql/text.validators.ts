import { IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';

const rule = (name: string, holds: (text: string) => boolean, message: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value) => typeof value !== 'string' || holds(value), // what is no string breaks another rule
      defaultMessage: () => message,
    },
  });

const NotBlank = (): PropertyDecorator =>
  rule('notBlank', (text) => /\S/.test(text), '$property must not be blank');

/** No text of PostgreSQL can hold a NUL. */
const WithoutNul = (): PropertyDecorator =>
  rule('withoutNul', (text) => !text.includes('\0'), '$property must not contain NUL');

const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** A text with something in it, of at most so many characters. */
export const Text = (most: number): PropertyDecorator =>
  all(IsString(), NotBlank(), WithoutNul(), MaxLength(most));

/** The same where it may be left out or null. */
export const OptionalText = (most: number): PropertyDecorator => all(IsOptional(), Text(most));

/** A phone number as people write it, where it may be left out or null. */
export const OptionalPhone = (): PropertyDecorator =>
  all(
    IsOptional(),
    Matches(/^\+?[\d -]{3,20}$/, { message: '$property must be 3 to 20 digits, spaces or "-"' }),
  );

const GIVEN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether a text may be such an id as `GivenId` takes. */
export const isGivenId = (text: string): boolean => GIVEN_ID.test(text);

/** An id that somebody outside gives to a new thing: it becomes part of a stream's name, and may stand in an address. */
export const GivenId = (): PropertyDecorator =>
  Matches(GIVEN_ID, {
    message: '$property must be 1 to 64 letters, digits, ".", "_" or "-", and begin with a letter or digit',
  });
