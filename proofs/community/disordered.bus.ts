import type { Bus, Message } from '@weinao/events';
import type { Random } from '../course/random.ts';

const LATEST_MS = 300;

/**
 * The bus as a listener must expect it: now and then a message comes late, after those behind it, so that for a while it
 * is as good as lost; or it comes twice.
 */
export function disordered(bus: Bus, random: Random): Bus {
  const deliver = (listener: (message: Message) => void, message: Message): void => {
    const late = random.chance(0.05);
    if (!late) listener(message);
    if (late || random.chance(0.05)) setTimeout(() => listener(message), random.between(0, LATEST_MS));
  };
  return {
    publish: (subject, text) => bus.publish(subject, text),
    flush: () => bus.flush(),
    subscribe: (pattern, listener) => bus.subscribe(pattern, (message) => deliver(listener, message)),
    request: (subject, text, options) => bus.request(subject, text, options),
    respond: (pattern, queue, responder) => bus.respond(pattern, queue, responder),
    onReconnect: (listener) => bus.onReconnect(listener),
    close: () => bus.close(),
  };
}
