import { reject } from '../index.ts';
import type { Communities, Decider } from '../index.ts';

export type NoteCommand = { readonly type: 'Note'; readonly text: string };
export type NoteEvent = {
  readonly type: 'Noted';
  readonly data: { readonly text: string; readonly by: string };
};

/** Takes down what it is told, in order; but not what is forbidden, and it breaks on what is broken. */
export const noteDecider: Decider<readonly string[], NoteCommand, NoteEvent> = {
  category: 'note',
  initial: [],
  decide({ text }, _state, { actor }) {
    if (text === 'forbidden') reject('FORBIDDEN_TEXT', 'This is not taken down.');
    if (text === 'broken') throw new Error('planted');
    return [{ type: 'Noted', data: { text, by: actor.id } }];
  },
  evolve: (state, { data }) => [...state, data.text],
};

interface Question {
  readonly communityId: string;
  /** The first one that is asked is 1. */
  readonly turn: number;
}

/** A directory in which a test enables and disables the plugin. */
export class TestCommunities implements Communities {
  private turns = 0;
  private isHeld: (question: Question) => boolean = () => false;
  private held: Promise<void> = Promise.resolve();
  private readonly listeners = new Set<() => void>();
  private readonly on: Set<string>;

  constructor(...on: readonly string[]) {
    this.on = new Set(on);
  }

  async settingsOf(communityId: string): Promise<object | undefined> {
    const question = { communityId, turn: ++this.turns };
    if (this.isHeld(question)) await this.held;
    return this.on.has(communityId) ? {} : undefined;
  }

  /** Who asks for settings is answered later. @returns how to go on */
  hold(which: (question: Question) => boolean): () => void {
    let goOn = (): void => undefined;
    this.held = new Promise((resolve) => (goOn = resolve));
    this.isHeld = which;
    return () => {
      this.isHeld = () => false;
      goOn();
    };
  }

  enabled(): Promise<readonly string[]> {
    return Promise.resolve([...this.on]);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** As where nobody is told of it yet. */
  enableUnheard(communityId: string): void {
    this.on.add(communityId);
  }

  enable(communityId: string): void {
    this.on.add(communityId);
    for (const listener of this.listeners) listener();
  }

  disable(communityId: string): void {
    this.on.delete(communityId);
    for (const listener of this.listeners) listener();
  }
}
