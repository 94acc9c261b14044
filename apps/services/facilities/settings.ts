import { IsInt, IsNumber, Max, Min } from 'class-validator';
import type { HydrantRules } from './domain/hydrant.rules.ts';

/** What a community may set for its facilities, and within which limits. */
export class FacilitySettings implements HydrantRules {
  @IsInt()
  @Min(1)
  @Max(8_760)
  waterReadingMaxAgeHours = 72;

  @IsNumber()
  @Min(0)
  @Max(2_500)
  leastPressureKPa = 100;
}
