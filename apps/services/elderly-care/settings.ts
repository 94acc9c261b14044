import { IsInt, Max, Min } from 'class-validator';

/** What a community may set for the care of its old. */
export class CareSettings {
  /** A concern that nobody closes escalates after so many minutes, and again after as many. */
  @IsInt()
  @Min(1)
  @Max(1_440)
  escalateAfterMinutes = 60;

  /** How often a concern escalates at most. */
  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;
}
