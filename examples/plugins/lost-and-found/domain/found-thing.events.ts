/** Of one thing that somebody found, whose id names the stream. */
export type FoundThingEvent =
  | {
      readonly type: 'FoundThingReported';
      readonly data: { readonly what: string; readonly place: string; readonly reportedBy: string };
    }
  | {
      readonly type: 'FoundThingClaimed';
      /** `proof`: what only its owner can know of it. */
      readonly data: { readonly claimedBy: string; readonly proof: string };
    }
  | { readonly type: 'FoundThingHandedOut'; readonly data: { readonly to: string; readonly by: string } };
