import type { Decider } from '@weinao/events';
import type { NoticeEvent } from './notice.events.ts';

interface NoticeState {
  readonly shownTo: readonly string[];
}

type NoticeCommand =
  | { readonly type: 'PublishNotice'; readonly title: string; readonly buildings: readonly string[] }
  | { readonly type: 'WithdrawNotice' };

export const noticeDecider: Decider<NoticeState, NoticeCommand, NoticeEvent> = {
  category: 'notice',
  initial: { shownTo: [] },

  decide(command) {
    if (command.type === 'WithdrawNotice') return [{ type: 'NoticeWithdrawn', data: { reason: null } }];
    const { title, buildings } = command;
    return [
      {
        type: 'NoticePublished',
        data: { title, audience: { kind: 'BUILDINGS', buildings }, urgency: 'NORMAL' },
      },
    ];
  },

  evolve(state, event) {
    return event.type === 'NoticePublished' ? { shownTo: event.data.audience.buildings } : state;
  },
};
