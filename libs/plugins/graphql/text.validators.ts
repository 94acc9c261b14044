import { IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';

/** No text of PostgreSQL can hold a NUL. A rule of its own name, as two `matches` would be one in the list of problems. */
const WithoutNul = (): PropertyDecorator =>
  ValidateBy({
    name: 'withoutNul',
    validator: {
      validate: (value) => typeof value !== 'string' || !value.includes('\0'),
      defaultMessage: () => '$property must not contain NUL',
    },
  });

const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

/** A text with something in it, of at most so many characters. */
export const Text = (most: number): PropertyDecorator =>
  all(IsString(), Matches(/\S/, { message: '$property must not be blank' }), WithoutNul(), MaxLength(most));

/** The same where it may be left out or null. */
export const OptionalText = (most: number): PropertyDecorator => all(IsOptional(), Text(most));
