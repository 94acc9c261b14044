import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { CompositionFailed } from '@weinao/composition';
import type { FastifyError, FastifyReply } from 'fastify';
import { errorBody, HttpError } from './http-error.ts';

/** By status, for what Fastify and Nest refuse before a controller is reached. */
const REFUSALS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BAD_REQUEST', 'The request is not valid; the body must be JSON.'],
  404: ['NOT_FOUND', 'There is nothing at this address.'],
  413: ['PAYLOAD_TOO_LARGE', 'The body is larger than 128 kB.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json.'],
};

/** The operator was told the reasons. */
const NO_SCHEMA = {
  status: 503,
  code: 'COMPOSITION_FAILED',
  message: 'The enabled plugins do not fit together into one schema; the operator has been told.',
};

/** Whatever goes wrong, the answer is coded JSON: never HTML, never a stack. */
@Catch()
export class JsonErrorFilter implements ExceptionFilter {
  constructor(private readonly report: (message: string, error: unknown) => void) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getResponse<FastifyReply>());
  }

  answer(error: unknown, reply: FastifyReply): void {
    const { status, code, message } = this.describe(error);
    void reply.status(status).type('application/json; charset=utf-8').send(errorBody(code, message));
  }

  /** What may be said of it; what was not foreseen is reported. */
  describe(error: unknown): Pick<HttpError, 'status' | 'code' | 'message'> {
    if (error instanceof HttpError) return error;
    if (error instanceof CompositionFailed) return NO_SCHEMA;
    const status = error instanceof HttpException ? error.getStatus() : (error as FastifyError).statusCode;
    const refusal = status === undefined ? undefined : REFUSALS[status];
    if (status !== undefined && refusal) return { status, code: refusal[0], message: refusal[1] };
    if (status !== undefined && status < 500)
      return { status, code: 'BAD_REQUEST', message: 'The request is refused.' };
    this.report('A request failed', error);
    return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong here.' };
  }
}
