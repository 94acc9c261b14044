/** The communities service as a subgraph meets it: takes announcements, and lets its log be read. */
export class MadeUpCommunities {
  /** @type {any[]} */
  announced = [];
  /** What replicas say of themselves. @type {any[]} */
  heard = [];
  /** What it answers to the announcements to come, the last one for ever. */
  replies = [{ state: 'IN_FORCE' }];
  #log = [];

  constructor(connection) {
    this.connection = connection;
    this.#respond('plugin.announce', (announcement) => {
      this.announced.push(announcement);
      return this.replies.length > 1 ? this.replies.shift() : this.replies[0];
    });
    this.#respond('log.communities.read', ({ after }) => ({
      events: this.#log.slice(Number(after), Number(after) + 2), // pages are small here
      head: this.position,
    }));
    connection.subscribe('plugin.here', { callback: (_error, message) => this.heard.push(message.json()) });
  }

  get position() {
    return String(this.#log.length);
  }

  happen(communityId, type, data) {
    const sequence = String(this.#log.length + 1);
    this.#log.push({ type: `communities.${type}`, communityid: communityId, data, sequence });
  }

  #respond(subject, answer) {
    this.connection.subscribe(subject, {
      callback: (_error, message) => message.respond(JSON.stringify(answer(message.json()))),
    });
  }
}
