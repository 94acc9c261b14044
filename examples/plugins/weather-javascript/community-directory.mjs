import { codedError } from './coded-error.mjs';

const PAGE_DEADLINE_MS = 5_000;

/**
 * Which communities there are, and the settings of one plugin where it is on: the communities' log, read as far as a
 * request demands. Nothing is subscribed to: whoever asks says how new the answer must be.
 */
export class CommunityDirectory {
  #connection;
  #plugin;
  /** By community; undefined where the plugin is off. @type {Map<string, object | undefined>} */
  #settings = new Map();
  #position = 0n;
  /** What is being read; all who ask meanwhile wait for it. @type {Promise<void> | undefined} */
  #reading;

  constructor(connection, plugin) {
    this.#connection = connection;
    this.#plugin = plugin;
  }

  /** @throws GraphQLError NOT_FOUND, PLUGIN_NOT_ENABLED; Error where the log does not answer */
  async settingsIn(communityId, directoryPosition) {
    while (this.#position < BigInt(directoryPosition)) await this.#readOn();
    if (!this.#settings.has(communityId)) throw codedError('NOT_FOUND', 'There is no such community.');
    const settings = this.#settings.get(communityId);
    if (settings) return settings;
    throw codedError('PLUGIN_NOT_ENABLED', `${this.#plugin} is not enabled for ${communityId}.`);
  }

  async #readOn() {
    this.#reading ??= this.#readPage().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #readPage() {
    const request = JSON.stringify({ after: this.#position.toString() });
    const options = { timeout: PAGE_DEADLINE_MS };
    const reply = await this.#connection.request('log.communities.read', request, options);
    if (reply.headers?.has('Weinao-Refusal')) throw new Error('The communities service refused its log');
    const { events } = reply.json();
    if (events.length === 0) throw new Error('The log of the communities ends before where it should');
    for (const event of events) this.#take(event);
  }

  #take({ type, communityid, data, sequence }) {
    if (type === 'communities.CommunityFounded') this.#settings.set(communityid, undefined);
    if (data.pluginId === this.#plugin) {
      if (type === 'communities.PluginEnabled' || type === 'communities.PluginConfigured')
        this.#settings.set(communityid, data.settings);
      if (type === 'communities.PluginDisabled') this.#settings.set(communityid, undefined);
    }
    this.#position = BigInt(sequence);
  }
}
