import type { Bus, Message } from '../index.ts';

/** The same bus, on whose way to its listeners messages are lost (0 copies) or come several times. */
export function unreliable(bus: Bus, copies: (message: Message) => number): Bus {
  return {
    publish: (subject, text, options) => bus.publish(subject, text, options),
    flush: () => bus.flush(),
    subscribe: (pattern, listener) =>
      bus.subscribe(pattern, (message) => {
        for (let n = copies(message); n > 0; n--) listener(message);
      }),
    request: (subject, text, options) => bus.request(subject, text, options),
    respond: (pattern, queue, responder) => bus.respond(pattern, queue, responder),
    onReconnect: (listener) => bus.onReconnect(listener),
    close: () => bus.close(),
  };
}
