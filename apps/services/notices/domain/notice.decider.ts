import { reject, rejectInput } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { NoticeEvent, NoticeText } from './notice.events.ts';

/** Whom a notice addresses, as it was looked up. */
export interface Addressed {
  /** Null where the community keeps no residents. */
  readonly residentIds: readonly string[] | null;
  /** Position in this plugin's log up to which they were known. */
  readonly asOf: string;
}

interface Draft {
  readonly text: NoticeText;
  /** Of its audience, where nobody lives and no screen hangs. */
  readonly unknownBuildings: readonly string[];
}

export type NoticeCommand =
  | ({ readonly type: 'PublishNotice'; readonly addressed: Addressed } & Draft)
  | ({ readonly type: 'ScheduleNotice'; readonly publishAt: string } & Draft)
  /** It is time. */
  | { readonly type: 'CallDue'; readonly late: boolean }
  | { readonly type: 'PublishDue'; readonly addressed: Addressed }
  | { readonly type: 'WithdrawNotice'; readonly reason: string }
  | { readonly type: 'ExpireNotice' };

export interface NoticeState {
  readonly status: 'NONE' | 'SCHEDULED' | 'DUE' | 'PUBLISHED' | 'WITHDRAWN' | 'EXPIRED';
  /** Until it is published. */
  readonly text: NoticeText | null;
}

/** An event holds so many at most, so that it stays far below the limit of its size. */
const MOST_IN_AN_EVENT = 1_000;

export const noticeDecider: Decider<NoticeState, NoticeCommand, NoticeEvent> = {
  category: 'notice',
  initial: { status: 'NONE', text: null },

  decide(command, { status, text }, { now }) {
    switch (command.type) {
      case 'PublishNotice':
        assertKnown(command);
        if (command.text.expiresAt !== null && command.text.expiresAt <= now)
          rejectInput('expiresAt', 'inTheFuture', 'expiresAt must lie in the future');
        return published(command.text, command.addressed);
      case 'ScheduleNotice':
        assertKnown(command);
        assertInOrder(command, now);
        return [{ type: 'NoticeScheduled', data: { ...command.text, publishAt: command.publishAt } }];
      case 'CallDue':
        if (status !== 'SCHEDULED' || !text) return [];
        return [{ type: 'NoticeFellDue', data: { audience: text.audience, late: command.late } }];
      case 'PublishDue':
        if (status !== 'DUE' || !text) return [];
        // late by more than its time: nobody is told of what is over
        if (text.expiresAt !== null && text.expiresAt <= now) return [{ type: 'NoticeExpired', data: {} }];
        return published(text, command.addressed);
      case 'WithdrawNotice':
        if (status === 'NONE') reject('NOT_FOUND', 'There is no such notice here.');
        if (isOver(status)) reject('NOTICE_OVER', 'The notice is over already.', { status });
        return [{ type: 'NoticeWithdrawn', data: { reason: command.reason } }];
      case 'ExpireNotice':
        return status === 'PUBLISHED' ? [{ type: 'NoticeExpired', data: {} }] : [];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'NoticeScheduled': {
        const { publishAt: _publishAt, ...text } = event.data;
        return { status: 'SCHEDULED', text };
      }
      case 'NoticeFellDue':
        return { ...state, status: 'DUE' };
      case 'NoticePublished':
        return { status: 'PUBLISHED', text: null };
      case 'NoticeWithdrawn':
        return { status: 'WITHDRAWN', text: null };
      case 'NoticeExpired':
        return { status: 'EXPIRED', text: null };
      default:
        return state;
    }
  },
};

const isOver = (status: NoticeState['status']): boolean => status === 'WITHDRAWN' || status === 'EXPIRED';

function published(text: NoticeText, { residentIds, asOf }: Addressed): NoticeEvent[] {
  const addressed = residentIds?.length ?? null;
  const events: NoticeEvent[] = [{ type: 'NoticePublished', data: { ...text, addressed, asOf } }];
  for (let from = 0; from < (addressed ?? 0); from += MOST_IN_AN_EVENT) {
    const some = residentIds!.slice(from, from + MOST_IN_AN_EVENT);
    events.push({ type: 'NoticeAddressed', data: { residentIds: some } });
  }
  return events;
}

function assertKnown({ unknownBuildings }: Draft): void {
  if (unknownBuildings.length === 0) return;
  const names = unknownBuildings.join(', ');
  rejectInput('audience.buildings', 'known', `Nobody lives and no screen hangs in ${names}`);
}

function assertInOrder(
  { text: { expiresAt }, publishAt }: Extract<NoticeCommand, { type: 'ScheduleNotice' }>,
  now: string,
): void {
  if (publishAt <= now) rejectInput('publishAt', 'inTheFuture', 'publishAt must lie in the future');
  if (expiresAt !== null && expiresAt <= publishAt)
    rejectInput('expiresAt', 'afterPublication', 'expiresAt must lie after publishAt');
}
