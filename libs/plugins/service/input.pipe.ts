import { Injectable, ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { BadUserInput, problemsOf } from '../graphql/bad-user-input.ts';

/** Checks every class of input with class-validator, and answers with all its problems at once. */
@Injectable()
export class InputPipe implements PipeTransform {
  private readonly validation = new ValidationPipe({
    transform: true,
    exceptionFactory: (errors) => new BadUserInput(problemsOf(errors)),
  });

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return this.validation.transform(value, metadata) as Promise<unknown>;
  }
}
