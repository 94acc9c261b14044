import type { NoticeRow } from '../read/notice.row.ts';

/** What a screen is told of a notice; times are ISO 8601 UTC. */
export interface ShownNotice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgent: boolean;
  readonly publishedAt: string;
  readonly expiresAt: string | null;
}

interface ScreenMessage {
  readonly event: 'notice' | 'takeover' | 'withdraw' | 'release';
  /** JSON. */
  readonly data: string;
}

type Shown = Pick<NoticeRow, 'id' | 'title' | 'body' | 'urgent' | 'publishedAt' | 'expiresAt'>;

export const shown = ({ id, title, body, urgent, publishedAt, expiresAt }: Shown): ShownNotice => ({
  ...{ id, title, body, urgent, expiresAt },
  publishedAt: publishedAt!,
});

/** An urgent notice is alone on the screen until its release; of several, the newest. */
export const beginning = (notice: Shown): ScreenMessage => ({
  event: notice.urgent ? 'takeover' : 'notice',
  data: JSON.stringify(shown(notice)),
});

export const ending = ({ id, urgent }: Pick<NoticeRow, 'id' | 'urgent'>): ScreenMessage => ({
  event: urgent ? 'release' : 'withdraw',
  data: JSON.stringify({ id }),
});

/** Of what is for a building; what is for all needs none. */
export const channelOf = (building: string): string => `building:${building}`;
