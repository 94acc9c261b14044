import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';
import type { AcknowledgementEvent } from './notice.events.ts';

export interface AcknowledgementCommand {
  readonly type: 'AcknowledgeNotice';
  readonly noticeId: string;
  readonly residentId: string;
  /** As the read models say; who acknowledges in the moment of its end has acknowledged. */
  readonly isValid: boolean;
  readonly isAddressed: boolean;
}

export interface AcknowledgementState {
  readonly given: boolean;
}

/** Of one notice by one resident: once. */
export const acknowledgementDecider: Decider<
  AcknowledgementState,
  AcknowledgementCommand,
  AcknowledgementEvent
> = {
  category: 'acknowledgement',
  initial: { given: false },

  decide({ noticeId, residentId, isValid, isAddressed }, { given }) {
    if (given) return [];
    if (!isAddressed) reject('NOTICE_NOT_ADDRESSED', 'The notice is not addressed to you.');
    if (!isValid) reject('NOTICE_OVER', 'The notice is over already.');
    return [{ type: 'NoticeAcknowledged', data: { noticeId, residentId } }];
  },

  evolve: (state, { type }) => (type === 'NoticeAcknowledged' ? { given: true } : state),
};
