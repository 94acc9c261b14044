export type TicketKind = 'REPAIR' | 'TIP';

export interface TicketLocation {
  readonly address?: string | null;
  readonly building?: string | null;
  readonly unit?: string | null;
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number } | null;
}

/** Where an imported ticket comes from. */
export interface TicketOrigin {
  readonly source: string;
  readonly externalId: string;
}

/** What a person says when opening a ticket. */
export interface TicketDescription {
  readonly kind: TicketKind;
  readonly category: string;
  readonly title: string;
  readonly description: string | null;
  readonly location: TicketLocation | null;
  readonly anonymous: boolean;
}

export interface TicketOpening extends TicketDescription {
  /** Null where an imported ticket does not say. */
  readonly openedBy: string | null;
  readonly origin: TicketOrigin | null;
}

export type TicketEvent =
  | { readonly type: 'TicketOpened'; readonly data: TicketOpening; readonly at?: string }
  | { readonly type: 'TicketAssigned'; readonly data: { readonly assigneeId: string }; readonly at?: string }
  | { readonly type: 'TicketStarted'; readonly data: Readonly<Record<string, never>>; readonly at?: string }
  | { readonly type: 'TicketResolved'; readonly data: { readonly resolution: string }; readonly at?: string }
  | { readonly type: 'TicketReopened'; readonly data: { readonly reason: string }; readonly at?: string }
  /** Closes the ticket. */
  | {
      readonly type: 'TicketRated';
      readonly data: { readonly stars: number; readonly comment: string | null };
      readonly at?: string;
    }
  /** Closed without a rating: only an import does so. */
  | { readonly type: 'TicketClosed'; readonly data: Readonly<Record<string, never>>; readonly at?: string }
  | { readonly type: 'TicketCancelled'; readonly data: { readonly reason: string }; readonly at?: string }
  | { readonly type: 'TicketCommented'; readonly data: { readonly text: string }; readonly at?: string }
  | { readonly type: 'TicketJoined'; readonly data: { readonly residentId: string }; readonly at?: string };
