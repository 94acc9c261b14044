import { Catch } from '@nestjs/common';
import type { ExceptionFilter } from '@nestjs/common';

/** Leaves errors as they are: the subgraph and the bus format and report them, and Nest would log each of them too. */
@Catch()
export class PassOnFilter implements ExceptionFilter {
  catch(error: unknown): never {
    throw error;
  }
}
