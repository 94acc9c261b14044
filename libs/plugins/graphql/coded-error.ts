import { GraphQLError } from 'graphql';

/** An error for the caller: a stable code for machines, a sentence for people, and details that a program can use. */
export class CodedError extends GraphQLError {
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...details, code } });
  }
}

export const notFound = (what: string, id: string): CodedError =>
  new CodedError('NOT_FOUND', `There is no ${what} ${id} here.`, { id });

export const forbidden = (message: string): CodedError => new CodedError('FORBIDDEN', message);
