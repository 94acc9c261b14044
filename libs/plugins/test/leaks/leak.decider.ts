import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

export type LeakCommand =
  | { readonly type: 'OpenLeak'; readonly place: string }
  | { readonly type: 'EscalateLeak' }
  | { readonly type: 'CloseLeak' };

export type LeakEvent =
  | { readonly type: 'LeakOpened'; readonly data: { readonly place: string; readonly contact: string } }
  | { readonly type: 'LeakEscalated'; readonly data: { readonly contact: string; readonly by: string } }
  | { readonly type: 'LeakClosed'; readonly data: object };

interface LeakSettings {
  readonly contact: string;
}

/** Water where none should be: opened by a sensor, and escalated when nobody closes it in time. */
export const leakDecider: Decider<'none' | 'open' | 'closed', LeakCommand, LeakEvent, LeakSettings> = {
  category: 'leak',
  initial: 'none',
  decide(command, state, { settings: { contact }, actor }) {
    switch (command.type) {
      case 'OpenLeak':
        return [{ type: 'LeakOpened', data: { place: command.place, contact } }];
      case 'EscalateLeak':
        if (state !== 'open') reject('LEAK_CLOSED', 'The leak is closed.');
        return [{ type: 'LeakEscalated', data: { contact, by: actor.id } }];
      case 'CloseLeak':
        return [{ type: 'LeakClosed', data: {} }];
    }
  },
  evolve(state, { type }) {
    if (type === 'LeakOpened') return 'open';
    return type === 'LeakClosed' ? 'closed' : state;
  },
};
