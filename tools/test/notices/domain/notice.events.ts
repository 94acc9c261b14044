/** Who is meant to read it. */
export interface Audience {
  readonly kind: 'EVERYBODY' | 'BUILDINGS';
  readonly buildings: readonly string[];
}

export type NoticeEvent =
  | {
      readonly type: 'NoticePublished';
      readonly data: {
        readonly title: string;
        readonly audience: Audience;
        readonly urgency: 'LOW' | 'NORMAL' | 'HIGH';
        readonly expiresAt?: string | null;
      };
    }
  | { readonly type: 'NoticeWithdrawn'; readonly data: { readonly reason: string | null } };
