/** What a community decides for its alerts. */
export interface AlertRules {
  /** Signals of one place and kind that follow each other within so many seconds are one alert. */
  readonly windowSeconds: number;
  /** An alert that nobody acknowledges escalates after so many seconds, and again after as many. */
  readonly escalateAfterSeconds: number;
  /** How often an alert escalates at most. */
  readonly escalationSteps: number;
  /** Whether a device that falls silent is an alert. */
  readonly alertOnSilentDevices: boolean;
}
