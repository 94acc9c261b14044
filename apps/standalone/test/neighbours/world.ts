/** The whole platform with all its plugins, on a virtual clock: in one process or in many. */
export interface World {
  readonly url: string;
  readonly directory: string;
  /** Moves the virtual clock, which stands still otherwise, by an ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  /** `kill -9` of every process of Weinao at the same moment, and a start of all of them. */
  crash(): Promise<void>;
}
