import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import type { AlertRules } from './domain/alert.rules.ts';

/** What a community may set for its alerts, and within which limits. */
export class AlertSettings implements AlertRules {
  @IsInt()
  @Min(10)
  @Max(86_400)
  windowSeconds = 300;

  @IsInt()
  @Min(5)
  @Max(86_400)
  escalateAfterSeconds = 60;

  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;

  @IsBoolean()
  alertOnSilentDevices = false;
}
