import { reject } from '@weinao/events';
import type { Decider } from '@weinao/events';

export type KeyEvent =
  | { readonly type: 'KeyCut'; readonly data: { readonly label: string } }
  | { readonly type: 'KeyReturned'; readonly data: object }
  | { readonly type: 'KeyRetired'; readonly data: object }
  | { readonly type: 'KeyScrapped'; readonly data: object };

export type KeyCommand =
  | { readonly type: 'CutKey'; readonly label: string }
  | { readonly type: 'ReturnKey' }
  | { readonly type: 'RetireKey' }
  | { readonly type: 'ScrapKey' };

export type KeyDecider = Decider<KeyEvent['type'] | 'none', KeyCommand, KeyEvent>;

/** Keys of flats (钥匙) that the property keeps: cut, returned, and retired when the lock is another. */
export const keyDecider: KeyDecider = {
  category: 'key',
  initial: 'none',
  decide(command, state) {
    switch (command.type) {
      case 'CutKey':
        return [{ type: 'KeyCut', data: { label: command.label } }];
      case 'ReturnKey':
        if (state !== 'KeyCut') reject('NOT_LENT', 'The key is not lent to anybody.');
        return [{ type: 'KeyReturned', data: {} }];
      case 'RetireKey':
        return [{ type: 'KeyRetired', data: {} }];
      case 'ScrapKey':
        return [{ type: 'KeyScrapped', data: {} }];
    }
  },
  evolve: (_state, { type }) => type,
};
