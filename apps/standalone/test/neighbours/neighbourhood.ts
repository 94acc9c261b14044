import { expect } from '@jest/globals';
import { LocalIssuer } from '@weinao/gateway';
import { FeedListener } from '@weinao/testing';
import type { LookedInto } from '@weinao/testing';
import { Person } from '../person.ts';
import { Device } from './device.ts';
import type { World } from './world.ts';

const FOUND = `mutation ($id: ID!, $name: String!) { foundCommunity(input: { id: $id, name: $name }) { id } }`;
const ENABLE = `mutation ($id: ID!, $plugin: ID!) { enablePlugin(communityId: $id, pluginId: $plugin) { id } }`;
const DISABLE = `mutation ($id: ID!, $plugin: ID!) { disablePlugin(communityId: $id, pluginId: $plugin) { id } }`;
const REGISTER_DEVICE = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { token } }`;
const REGISTER_RESIDENT = `mutation ($input: RegisterResidentInput!) { registerResident(input: $input) { id } }`;

/** Every plugin that a community may enable. */
export const ALL = ['tickets', 'residents', 'notices', 'devices', 'facilities', 'alerts', 'elderly-care'];

/** One community of a story, with its people, at its own door of the gateway. */
export class Neighbourhood {
  private constructor(
    private readonly world: World,
    private readonly operator: Person,
    readonly id: string,
    readonly admin: Person,
    readonly worker: Person,
  ) {}

  static async found(world: World, id: string, plugins: readonly string[]): Promise<Neighbourhood> {
    const [operator, admin, worker] = await Promise.all([
      Person.operator(world.url, world.directory),
      Person.of(world.url, world.directory, id, 'liu', 'admin'),
      Person.of(world.url, world.directory, id, 'wang', 'worker'),
    ]);
    const neighbourhood = new Neighbourhood(world, operator, id, admin, worker);
    await succeed(operator, FOUND, { id, name: id });
    for (const plugin of plugins) await neighbourhood.enable(plugin);
    return neighbourhood;
  }

  async enable(plugin: string): Promise<void> {
    await succeed(this.operator, ENABLE, { id: this.id, plugin });
  }

  async disable(plugin: string): Promise<void> {
    await succeed(this.operator, DISABLE, { id: this.id, plugin });
  }

  /** Below which edges and feeds are. */
  get address(): string {
    return `${this.world.url}/communities/${this.id}`;
  }

  /** Somebody with a resident's token. */
  person(name: string): Promise<Person> {
    return Person.of(this.world.url, this.world.directory, this.id, name, 'resident');
  }

  async device(id: string, kind: string, more: Record<string, unknown> = {}): Promise<Device> {
    const { registerDevice } = await succeed(this.admin, REGISTER_DEVICE, { input: { id, kind, ...more } });
    return new Device(`${this.address}/devices/${id}/readings`, registerDevice.token as string);
  }

  /** Hears a subscription of a worker's. */
  async hear(query: string): Promise<FeedListener> {
    const issuer = await LocalIssuer.open(this.world.directory);
    const worker = { subject: 'wang', roles: ['worker'], communityId: this.id, lifetime: '1h' } as const;
    const token = await issuer.issue({ ...worker, roles: [...worker.roles] });
    return FeedListener.connect(`${this.address}/graphql`, { token, body: { query } });
  }

  async register(resident: Record<string, unknown>): Promise<void> {
    await succeed(this.admin, REGISTER_RESIDENT, { input: resident });
  }
}

/** What an operation that is not refused answers with. */
export async function succeed(
  person: Person,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<LookedInto> {
  const answer = await person.ask(operation, variables);
  expect(answer).toMatchObject({ status: 200, codes: [] });
  return answer.data;
}
