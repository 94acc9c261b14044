import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { headers } from '@nats-io/transport-node';

const HERE_EVERY_MS = 500;
const ANNOUNCE_DEADLINE_MS = 5_000;
const PAUSES_MS = { UNANSWERED: 250, WAITING: 500, REFUSED: 5_000 };

/** A replica of a plugin on the bus: announces itself, says that it is there, and answers while it is not refused. */
export class Service {
  #connection;
  #announcement;
  #responders;
  #console;
  #replica = randomUUID();
  #subscriptions = [];
  #underWay = new Set();
  #stopping = new AbortController();
  #presence;

  /**
   * @param connection of `@nats-io/transport-node`
   * @param announcement manifest, sdl and settings
   * @param {Record<string, (request: any) => Promise<object> | object>} responders by subject
   * @param {Pick<Console, 'log' | 'error'>} [toConsole]
   */
  constructor(connection, announcement, responders, toConsole = console) {
    this.#connection = connection;
    this.#announcement = announcement;
    this.#responders = responders;
    this.#console = toConsole;
  }

  get #id() {
    return this.#announcement.manifest.id;
  }

  /** Resolves when the announcement is in force, or the service was stopped before. */
  async start() {
    const { version } = this.#announcement.manifest;
    const digest = fingerprint(this.#announcement);
    this.#publishHere({ version, digest });
    this.#presence = setInterval(() => this.#publishHere({ version, digest }), HERE_EVERY_MS);
    let told;
    while (!this.#stopping.signal.aborted) {
      const { state, reason } = await this.#announce();
      if (this.#stopping.signal.aborted) return;
      if (state === 'IN_FORCE' || state === 'WAITING') await this.#answer();
      if (state === 'IN_FORCE') return this.#console.log(`${this.#id} is ready`);
      if (state !== told && reason) this.#console.error(`${this.#id}: ${state}: ${reason}`);
      told = state;
      await pause(PAUSES_MS[state], undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  /** Says that it leaves, and answers what came in. The connection stays its owner's. */
  async stop() {
    this.#stopping.abort();
    clearInterval(this.#presence);
    this.#publishHere({ leaving: true });
    await Promise.all(this.#subscriptions.map((subscription) => subscription.drain()));
    await Promise.allSettled(this.#underWay);
  }

  async #announce() {
    const request = JSON.stringify({ ...this.#announcement, replica: this.#replica });
    try {
      const options = { timeout: ANNOUNCE_DEADLINE_MS };
      const reply = await this.#connection.request('plugin.announce', request, options);
      return reply.headers?.has('Weinao-Refusal') ? { state: 'UNANSWERED' } : reply.json();
    } catch {
      return { state: 'UNANSWERED' };
    }
  }

  #publishHere(what) {
    this.#connection.publish(
      'plugin.here',
      JSON.stringify({ plugin: this.#id, replica: this.#replica, ...what }),
    );
  }

  async #answer() {
    if (this.#subscriptions.length > 0) return;
    this.#subscriptions = Object.entries(this.#responders).map(([subject, responder]) =>
      this.#connection.subscribe(subject, {
        queue: this.#id,
        callback: (error, message) => {
          if (error) return this.#console.error(`${subject} failed`, error);
          const answering = this.#respond(message, responder);
          this.#underWay.add(answering);
          void answering.finally(() => this.#underWay.delete(answering));
        },
      }),
    );
    await this.#connection.flush(); // until the server knows of them, nobody is heard
  }

  async #respond(message, responder) {
    try {
      const request = message.string() === '' ? undefined : message.json();
      message.respond(JSON.stringify(await responder(request)));
    } catch (error) {
      this.#console.error(`${message.subject} failed`, error);
      const refusal = headers();
      const why = JSON.stringify({ code: 'REFUSED', message: error.message });
      refusal.set('Weinao-Refusal', encodeURIComponent(why));
      message.respond('', { headers: refusal });
    }
  }
}

/** SHA-256 over the JSON with sorted keys: the same for all replicas that announce the same. */
const fingerprint = (value) => createHash('sha256').update(JSON.stringify(value, sortedKeys)).digest('hex');

function sortedKeys(_key, value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
