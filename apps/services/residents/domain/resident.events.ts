/** What the community knows of somebody who lives there. */
export interface ResidentDetails {
  readonly name: string;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly building: string | null;
  readonly unit: string | null;
  readonly room: string | null;
  readonly livesAlone: boolean | null;
  readonly tags: readonly string[];
}

export type ResidentEvent =
  /** Also when somebody who moved out comes back. */
  | { readonly type: 'ResidentRegistered'; readonly data: ResidentDetails; readonly at?: string }
  /** Only what changed. */
  | { readonly type: 'ResidentAmended'; readonly data: Partial<ResidentDetails>; readonly at?: string }
  | {
      readonly type: 'ResidentMovedOut';
      readonly data: Readonly<Record<string, never>>;
      readonly at?: string;
    };
