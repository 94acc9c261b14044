/** Whom a notice is for: all conditions hold; an empty list, or null, is no condition. */
export interface Audience {
  readonly buildings: readonly string[];
  /** In years, by the date of the community at the publication. */
  readonly minAge: number | null;
  readonly maxAge: number | null;
  /** Somebody has each of them. */
  readonly tags: readonly string[];
}

export interface NoticeText {
  readonly title: string;
  readonly body: string;
  readonly audience: Audience;
  readonly mustRead: boolean;
  /** Takes over every addressed screen, alone. */
  readonly urgent: boolean;
  readonly onScreens: boolean;
  /** ISO 8601 UTC; null for what is valid until it is withdrawn. */
  readonly expiresAt: string | null;
}

/** Of one notice, whose id names the stream. */
export type NoticeEvent =
  | {
      readonly type: 'NoticeScheduled';
      readonly data: NoticeText & { readonly publishAt: string };
      readonly at?: string;
    }
  /** Whom it addresses is looked up next. */
  | {
      readonly type: 'NoticeFellDue';
      readonly data: { readonly audience: Audience; readonly late: boolean };
      readonly at?: string;
    }
  | {
      readonly type: 'NoticePublished';
      readonly data: NoticeText & {
        /** How many residents it addresses; null where the community keeps none: then it is for everybody. */
        readonly addressed: number | null;
        /** Position in this plugin's log up to which the residents were known that were looked at. */
        readonly asOf: string;
      };
      readonly at?: string;
    }
  /** Some of those whom it addresses; follows its publication at once. */
  | {
      readonly type: 'NoticeAddressed';
      readonly data: { readonly residentIds: readonly string[] };
      readonly at?: string;
    }
  | { readonly type: 'NoticeWithdrawn'; readonly data: { readonly reason: string }; readonly at?: string }
  | { readonly type: 'NoticeExpired'; readonly data: object; readonly at?: string };

/** Of one resident and one notice, in a stream of their own: hundreds acknowledge an urgent notice at once. */
export interface AcknowledgementEvent {
  readonly type: 'NoticeAcknowledged';
  readonly data: { readonly noticeId: string; readonly residentId: string };
  readonly at?: string;
}
