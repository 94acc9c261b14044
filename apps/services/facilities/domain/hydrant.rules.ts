/** What a community decides for its hydrants. */
export interface HydrantRules {
  /** What was read longer ago says nothing any more. */
  readonly waterReadingMaxAgeHours: number;
  /** A hydrant with less pressure has no water that would help. */
  readonly leastPressureKPa: number;
}
