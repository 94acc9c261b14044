import type { Bus } from '@weinao/events';

const PLUGINS = 12;
export const SETS = 50;
/** The last plugin: who has it alone is not concerned by what becomes of the others. */
const BYSTANDERS = `p${PLUGINS - 1}`;
const TYPES_A_PLUGIN = 10;
const EVENTS_A_PAGE = 50;
const HEADER =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

export const communityOf = (set: number): string => `set-${set}`;
export const BYSTANDER = 'bystander';
/** What the bystander's plugin answers, whichever version it has. */
export const BYSTANDER_FIELD = `${BYSTANDERS}Version1`;
export const fieldOf = (version: number): string => `p0Version${version}`;

/**
 * Communities on NATS whose plugins are made up: 12 plugins in 50 distinct sets, with the log that tells of them and
 * subgraphs that answer at once. All sets hold the first plugin; the bystander has nothing but the last.
 */
export class MadeUpCommunities {
  private readonly events: object[] = [];
  private version = 0;

  constructor(
    private readonly bus: Bus,
    communities: number,
  ) {
    this.append('platform', 'PluginAnnounced', announcement('communities', 1, 'platform'));
    for (let plugin = 1; plugin < PLUGINS; plugin++) {
      this.append('platform', 'PluginAnnounced', announcement(`p${plugin}`, 1));
    }
    this.announceAnew();
    for (let one = 0; one < communities; one++) {
      const set = one % SETS;
      this.found(one < SETS ? communityOf(set) : `more-${one}`, pluginsOf(set));
    }
    this.found(BYSTANDER, [BYSTANDERS]);
    this.answer();
  }

  /** Every set has another schema from now on. @returns the version, of which `fieldOf` makes a field that is new */
  announceAnew(): number {
    this.append('platform', 'PluginAnnounced', announcement('p0', ++this.version));
    this.bus.publish('evt.platform.communities.PluginAnnounced', JSON.stringify(this.events.at(-1)));
    return this.version;
  }

  private found(community: string, plugins: readonly string[]): void {
    this.append(community, 'CommunityFounded', { name: community, timeZone: 'Asia/Shanghai' });
    for (const pluginId of plugins) this.append(community, 'PluginEnabled', { pluginId, settings: {} });
  }

  private append(communityid: string, type: string, data: object): void {
    const sequence = this.events.length + 1;
    this.events.push({
      id: `event-${sequence}`,
      type: `communities.${type}`,
      time: '2026-11-24T18:30:00.000Z',
      data,
      communityid,
      correlationid: 'bench',
      sequence: String(sequence),
      previous: String(sequence - 1),
    });
  }

  private answer(): void {
    this.bus.respond('plugin.communities.ping', 'communities', async () => '{}');
    this.bus.respond('log.communities.read', 'communities', async ({ text }) => {
      const after = Number((JSON.parse(text) as { after: string }).after);
      const events = this.events.slice(after, after + EVENTS_A_PAGE);
      return JSON.stringify({ events, head: String(this.events.length) });
    });
    for (let plugin = 0; plugin < PLUGINS; plugin++) {
      this.bus.respond(`gql.p${plugin}`, `p${plugin}`, async ({ text }) => {
        const { query } = JSON.parse(text) as { query: string };
        return JSON.stringify({ result: { data: { [/\w+/.exec(query)![0]]: 1 } } });
      });
    }
  }
}

/** The first one, and those of the others whose bit is set; two numbers are never the same set. */
const pluginsOf = (set: number): string[] => [
  'p0',
  ...Array.from({ length: PLUGINS - 2 }, (_, bit) => `p${bit + 1}`).filter(
    (_, bit) => (set * 20 + 7) & (1 << bit),
  ),
];

function announcement(id: string, version: number, scope: 'platform' | 'community' = 'community'): object {
  const manifest = { id, scope, name: { zh: id, en: id }, version: `1.0.${version}` };
  const lists = { requires: [], publishes: [], consumes: [], permissions: [] };
  const sdl =
    scope === 'platform' ? { platform: 'type Query { plugins: Int }' } : { community: sdlOf(id, version) };
  return { manifest: { ...manifest, ...lists }, sdl };
}

function sdlOf(id: string, version: number): string {
  const name = (one: number): string => `${id.toUpperCase()}Thing${one}`;
  const types = Array.from({ length: TYPES_A_PLUGIN }, (_, one) => {
    const fields = 'id: ID! title: String! state: String! at: String! by: String note: String count: Int!';
    return `type ${name(one)} @key(fields: "id") { ${fields} next: ${name((one + 1) % TYPES_A_PLUGIN)} }`;
  });
  const lists = types.map((_, one) => `${id}Things${one}(first: Int, after: String): [${name(one)}!]!`);
  const changes = types.map((_, one) => `${id}Change${one}(id: ID!, title: String!): ${name(one)}!`);
  return [
    HEADER,
    `type Query { ${id}Version${version}: Int ${lists.join(' ')} }`,
    `type Mutation { ${changes.join(' ')} }`,
    ...types,
  ].join('\n');
}
