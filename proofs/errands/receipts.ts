import { intent } from '@weinao/events';
import type { Decider, Reaction, Timer } from '@weinao/events';
import type { ErrandEvent } from './errand.events.ts';

interface WriteReceipt {
  readonly type: 'WriteReceipt';
  /** Id of the event that a reaction follows, or of the errand that a timer is for. */
  readonly of: string;
  readonly by: 'reaction' | 'timer';
}

export interface ReceiptWritten {
  readonly type: 'ReceiptWritten';
  readonly data: Omit<WriteReceipt, 'type'>;
}

/** Takes everything, so that what is done twice stands there twice. */
const receiptDecider: Decider<object, WriteReceipt, ReceiptWritten> = {
  category: 'receipt',
  initial: {},
  decide: ({ of, by }) => [{ type: 'ReceiptWritten', data: { of, by } }],
  evolve: (state) => state,
};

export const isReceipt = ({ stream }: { readonly stream: string }): boolean =>
  stream.startsWith(`${receiptDecider.category}/`);

const DUE_AFTER_MS = 400;
/** For errands whose title says so. */
const DUE_LATER_MS = 2_700;

export const errandOf = (stream: string): string => stream.slice(stream.lastIndexOf('/') + 1);

/** A receipt for each event of an errand. */
export const receiptReaction: Reaction<ErrandEvent> = {
  name: 'receipts',
  follows: ['ErrandOpened', 'ErrandNoted'],
  react: ({ id, stream }) => [
    intent(receiptDecider, errandOf(stream), { type: 'WriteReceipt', of: id, by: 'reaction' }),
  ],
};

const dueAfter = ({ title }: { readonly title: string }): number =>
  title.startsWith('later') ? DUE_LATER_MS : DUE_AFTER_MS;

/** And one for the errand, a little after it was opened. */
export const receiptTimer: Timer<ErrandEvent, null> = {
  name: 'receipts',
  version: 1,
  changes: ({ type, stream, at, data }) =>
    type === 'ErrandOpened'
      ? [{ set: { key: errandOf(stream), due: new Date(Date.parse(at) + dueAfter(data)).toISOString() } }]
      : [],
  fire: ({ key }) => [intent(receiptDecider, key, { type: 'WriteReceipt', of: key, by: 'timer' })],
};
