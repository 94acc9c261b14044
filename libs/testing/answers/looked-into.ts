/** A part of an answer of GraphQL: it is looked into by expect, which does not care for types. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the one place; any other type would be cast in every test
export type LookedInto = any;
