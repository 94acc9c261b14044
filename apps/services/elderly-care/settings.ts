import { IsInt, Max, Min } from 'class-validator';
import type { CareRules } from './domain/care.rules.ts';

/** What a community may set for the care of its old, and within which limits. */
export class CareSettings implements CareRules {
  @IsInt()
  @Min(1)
  @Max(1_440)
  escalateAfterMinutes = 60;

  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;
}
