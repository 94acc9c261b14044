/** An HTTP answer that is not the wished one: JSON in the shape of GraphQL's errors, with a stable code. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const errorBody = (code: string, message: string): object => ({
  errors: [{ message, extensions: { code } }],
});
