import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

export interface ScreenDetails {
  readonly name: string;
  /** Null for one that hangs in no building, such as at the gate. */
  readonly building: string | null;
  /** SHA-256 of its token, in hexadecimal digits. */
  readonly tokenHash: string;
}

/** Of one screen, whose id names the stream. */
export interface ScreenEvent {
  readonly type: 'ScreenRegistered';
  readonly data: ScreenDetails;
  readonly at?: string;
}

export interface ScreenCommand {
  readonly type: 'RegisterScreen';
  readonly details: ScreenDetails;
}

export interface ScreenState {
  readonly details: ScreenDetails | null;
}

export const screenDecider: Decider<ScreenState, ScreenCommand, ScreenEvent> = {
  category: 'screen',
  initial: { details: null },

  decide({ details }, known) {
    if (known.details) reject('CONFLICT', 'There is a screen with this id already.');
    return [{ type: 'ScreenRegistered', data: details }];
  },

  evolve: (state, event) => (event.type === 'ScreenRegistered' ? { details: event.data } : state),
};
