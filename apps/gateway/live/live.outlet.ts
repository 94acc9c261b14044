import type { LiveMessage } from './live.message.ts';

export interface LiveListener {
  hear(message: LiveMessage): void;
  /** A sign of life. */
  beat(): void;
  /** Nothing more will come. */
  complete(): void;
}

/** One subscriber, however connected. Once it is closed, whatever it is told goes nowhere. */
export interface LiveOutlet extends LiveListener {
  readonly isClosed: boolean;
  open(): void;
  /** It cannot go on: whoever is there comes back with the id that came last. */
  breakOff(): void;
  /** Called once; never for one that is closed already. */
  onClose(listener: () => void): void;
}
