import { registerEnumType } from '@nestjs/graphql';

/** An enum of the schema whose values are their own names. */
export function enumType<Value extends string>(
  name: string,
  values: readonly Value[],
): Readonly<Record<Value, Value>> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  registerEnumType(type, { name });
  return type;
}
