import { GraphQLError } from 'graphql';

/** An error for the caller: a stable code for machines, a sentence for people. */
export const codedError = (code, message, details = {}) =>
  new GraphQLError(message, { extensions: { ...details, code } });
