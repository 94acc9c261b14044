import { idOfStream, newId } from '@weinao/events';
import type { ConsumedEvent } from '@weinao/events';
import type { AnnouncedLive, SubgraphResult, Viewer } from '@weinao/plugins';
import type { GraphQLFormattedError } from 'graphql';
import type { CatchUp } from './catch-up.ts';
import { LiveMessage } from './live.message.ts';
import type { LiveListener } from './live.outlet.ts';
import { variablesFor } from './subscription.ts';
import type { DoorServer } from '../composition/door.server.ts';

export interface LiveQuestion {
  readonly communityId: string;
  readonly plugin: string;
  readonly live: AnnouncedLive;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Undefined for every thing. */
  readonly wanted: string | undefined;
  readonly viewer: Viewer;
}

/** Then nothing is there to tell this viewer: the thing is not theirs to see. */
const NOT_THEIRS: readonly unknown[] = ['NOT_FOUND', 'FORBIDDEN'];

/** All who ask the same as the same person: answered once for each event, with the same bytes. */
export class LiveGroup {
  /** Each with the position after which it is told: what it has caught up with comes again where the group is behind. */
  readonly listeners = new Map<LiveListener, bigint>();
  /** Of those who come back with the same id, by that id. */
  readonly catchUps = new Map<bigint, CatchUp>();
  /** Position of the last event that was told: of one that comes again, nobody is told again. */
  private told = 0n;

  constructor(readonly question: LiveQuestion) {}

  wants(event: ConsumedEvent): boolean {
    return event.position > this.told && this.thingIn(event) !== undefined;
  }

  /** Which thing changed; undefined where it is none that is asked for. */
  thingIn({ type, metadata: { communityId }, ...event }: ConsumedEvent): string | undefined {
    const { question } = this;
    if (communityId !== question.communityId || !question.live.follows.includes(type)) return undefined;
    const thing = thingOf(event, question.live);
    return question.wanted === undefined || question.wanted === thing ? thing : undefined;
  }

  /** @throws Error where the plugin cannot answer at the moment */
  async tell(event: ConsumedEvent, door: DoorServer): Promise<void> {
    const message = await this.ask(event, door);
    if (message) this.hear(message);
    this.told = event.position;
  }

  /** What became of the thing; undefined where it is not theirs to see. @throws Error where the plugin cannot answer */
  async ask({ position, ...event }: ConsumedEvent, door: DoorServer): Promise<LiveMessage | undefined> {
    const { query, variables, live, viewer, communityId, plugin } = this.question;
    const body = { query, variables: variablesFor(variables, thingOf(event, live)) };
    const shown = { plugin, position: position.toString() };
    const request = { door: 'community', communityId, viewer, correlationId: newId(), shown } as const;
    const answer = await door.answer(body, 'application/json', request);
    const { extensions, ...result } = JSON.parse(answer.body) as SubgraphResult & { extensions?: object };
    const { data, errors = [] } = result;
    const isThere = Object.values(data ?? {}).some((thing) => thing !== null);
    if (!isThere && errors.some((error) => isNotNow(error, plugin)))
      throw new Error(`${plugin} cannot tell ${live.field} yet`);
    const isTheirs = isThere || !errors.every((error) => NOT_THEIRS.includes(error.extensions?.code));
    if (!isTheirs) return undefined;
    const told = { ...result, extensions: { ...extensions, eventId: shown.position } };
    return new LiveMessage(position, JSON.stringify(told));
  }

  beat(): void {
    for (const listener of this.listeners.keys()) listener.beat();
  }

  /** Tells everybody that nothing more will come. */
  complete(): void {
    for (const listener of this.listeners.keys()) listener.complete();
  }

  private hear(message: LiveMessage): void {
    for (const [listener, after] of this.listeners) if (message.position > after) listener.hear(message);
  }
}

/** Then it is asked again. A neighbour that is away is told of as it is, and nobody waits for it. */
function isNotNow({ extensions = {} }: GraphQLFormattedError, plugin: string): boolean {
  const { code, plugin: whose = plugin } = extensions;
  return code === 'READ_MODEL_BEHIND' || (code === 'PLUGIN_UNAVAILABLE' && whose === plugin);
}

/** Which thing an event is about. */
function thingOf({ stream, data }: Pick<ConsumedEvent, 'stream' | 'data'>, { id }: AnnouncedLive): string {
  const names: Readonly<Record<string, unknown>> = { ...data, stream: idOfStream(stream) };
  return id.replaceAll(/:(\w+)/g, (_whole, name: string) => String(names[name]));
}
