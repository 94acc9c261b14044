import { IsBoolean, IsInt, Max, Min } from 'class-validator';

/** What a community may set for its alerts. */
export class AlertSettings {
  /** Signals of one place and kind that follow each other within so many seconds are one alert. */
  @IsInt()
  @Min(10)
  @Max(86_400)
  windowSeconds = 300;

  /** An alert that nobody acknowledges escalates after so many seconds, and again after as many. */
  @IsInt()
  @Min(5)
  @Max(86_400)
  escalateAfterSeconds = 60;

  /** How often an alert escalates at most. */
  @IsInt()
  @Min(0)
  @Max(10)
  escalationSteps = 3;

  /** Whether a device that falls silent is an alert. */
  @IsBoolean()
  alertOnSilentDevices = false;
}
