import type { ValidationError } from 'class-validator';
import { CodedError } from './coded-error.ts';

export interface Problem {
  /** Dotted path of the field in the input. */
  readonly path: string;
  /** Name of the rule that it breaks, such as `maxLength`. */
  readonly rule: string;
  readonly message: string;
}

/** Input that does not fit, with every problem at once. */
export class BadUserInput extends CodedError {
  constructor(readonly problems: readonly Problem[]) {
    super('BAD_USER_INPUT', problems.map(({ path, message }) => `${path}: ${message}`).join('; '), {
      problems,
    });
  }
}

/** Flattens class-validator's tree into one list. */
export function problemsOf(errors: readonly ValidationError[], parent = ''): Problem[] {
  return errors.flatMap((error) => {
    const path = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({ path, rule, message }));
    return [...own, ...problemsOf(error.children ?? [], path)];
  });
}
