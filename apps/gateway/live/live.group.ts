import { idOfStream, newId } from '@weinao/events';
import type { ConsumedEvent } from '@weinao/events';
import type { AnnouncedLive, SubgraphResult, Viewer } from '@weinao/plugins';
import type { GraphQLFormattedError } from 'graphql';
import { variablesFor } from './subscription.ts';
import type { DoorServer } from '../composition/door.server.ts';
import type { ServerSentEvents } from '../edges/server-sent-events.ts';

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
  readonly outlets = new Set<ServerSentEvents>();
  /** Position of the last event that was told: of one that comes again, nobody is told again. */
  private told = 0n;

  constructor(readonly question: LiveQuestion) {}

  wants({ type, position, metadata: { communityId }, ...event }: ConsumedEvent): boolean {
    const { question } = this;
    if (position <= this.told) return false;
    if (communityId !== question.communityId || !question.live.follows.includes(type)) return false;
    return question.wanted === undefined || question.wanted === thingOf(event, question.live);
  }

  /** @throws Error where the plugin cannot answer at the moment */
  async tell({ position, ...event }: ConsumedEvent, door: DoorServer): Promise<void> {
    const { query, variables, live, viewer, communityId, plugin } = this.question;
    const body = { query, variables: variablesFor(variables, thingOf(event, live)) };
    const shown = { plugin, position: position.toString() };
    const request = { door: 'community', communityId, viewer, correlationId: newId(), shown } as const;
    const answer = await door.answer(body, 'application/json', request);
    const { data, errors = [] } = JSON.parse(answer.body) as SubgraphResult;
    const isThere = Object.values(data ?? {}).some((thing) => thing !== null);
    if (!isThere && errors.some((error) => isNotNow(error, plugin)))
      throw new Error(`${plugin} cannot tell ${live.field} yet`);
    const isTheirs = isThere || !errors.every(({ extensions }) => NOT_THEIRS.includes(extensions?.code));
    if (isTheirs) this.write(nextFrame(answer.body));
    this.told = position;
  }

  write(bytes: Buffer): void {
    for (const outlet of this.outlets) outlet.write(bytes);
  }

  /** Tells everybody that nothing more will come. */
  complete(): void {
    for (const outlet of this.outlets) outlet.end(COMPLETE);
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

/** As graphql-sse says: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections. */
const nextFrame = (result: string): Buffer => Buffer.from(`event: next\ndata: ${result.trim()}\n\n`);
const COMPLETE = Buffer.from('event: complete\ndata: \n\n');
