import { setTimeout as pause } from 'node:timers/promises';
import type { Bus, BusSubscription } from '@weinao/events';
import { parseManifest, wireSubjects } from '@weinao/plugins';
import type { AnnounceReply, Announcement, JsonSchema, SettingsReply } from '@weinao/plugins';

export interface MadeUp {
  readonly id: string;
  readonly version?: string;
  readonly requires?: readonly string[];
  readonly publishes?: readonly string[];
  readonly consumes?: readonly string[];
  readonly schema?: JsonSchema;
  /** Lets settings through that have no other keys. */
  readonly settings?: readonly string[];
}

export function announcementOf({
  id,
  version = '1.0.0',
  requires = [],
  publishes = [],
  consumes = [],
  schema,
}: MadeUp): Announcement {
  const manifest = parseManifest({
    id,
    name: { zh: `${id} 插件`, en: `The plugin ${id}` },
    version,
    requires,
    publishes,
    consumes,
    permissions: [{ id: 'read', name: { zh: '查看', en: 'See' }, roles: ['resident'] }],
  });
  return {
    ...{ manifest, sdl: { community: 'type Query { nothing: ID }' } },
    ...(schema && { settings: { schema } }),
  };
}

export async function announce(bus: Bus, announcement: unknown): Promise<AnnounceReply> {
  const text = JSON.stringify(announcement);
  return JSON.parse(await bus.request(wireSubjects.announce, text, { timeoutMs: 5_000 })) as AnnounceReply;
}

/** As a service does: again and again. */
export async function announceUntilInForce(bus: Bus, announcement: unknown): Promise<void> {
  while ((await announce(bus, announcement)).state !== 'IN_FORCE') await pause(50);
}

/** A plugin that is nothing but its answers on the bus, and an announcement. */
export class MadeUpPlugin {
  private responders: BusSubscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly madeUp: MadeUp,
  ) {}

  async start(): Promise<void> {
    const { id, settings: known = [] } = this.madeUp;
    this.responders = [
      this.bus.respond(wireSubjects.ping(id), id, async () => '{}'),
      this.bus.respond(wireSubjects.settings(id), id, async ({ text }) => {
        const { settings } = JSON.parse(text) as { settings: Record<string, unknown> };
        return JSON.stringify(checked(settings, known));
      }),
    ];
    await announce(this.bus, announcementOf(this.madeUp));
  }

  /** From now on nobody answers for it. */
  async stop(): Promise<void> {
    await Promise.all(this.responders.map((responder) => responder.stop()));
  }
}

function checked(settings: Record<string, unknown>, known: readonly string[]): SettingsReply {
  const problems = Object.keys(settings)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: `settings.${key}`, rule: 'whitelistValidation', message: `${key} is not known` }));
  return problems.length > 0 ? { problems } : { settings, problems };
}
