/** What a community decides for the care of its old. */
export interface CareRules {
  /** A concern that nobody closes escalates after so many minutes, and again after as many. */
  readonly escalateAfterMinutes: number;
  /** How often a concern escalates at most. */
  readonly escalationSteps: number;
}
