import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { eventResponse, nameIn, notFoundResponse } from './kurrent.messages.ts';
import type { KurrentStore, Page, StoredEvent } from './kurrent.store.ts';

/** @returns undefined where the request names a position at which no record begins. */
export function answerRead(store: KurrentStore, request: streams.ReadReq): streams.ReadResp[] | undefined {
  const options = request.getOptions()!;
  const page: Page = {
    backwards: options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS,
    most: Number(options.getCount()),
  };
  const stream = options.getStream();
  if (stream) return streamEvents(store, stream, page);
  return store.readAll(allFrom(options.getAll()!), page, matcher(options.getFilter()))?.map(eventResponse);
}

function streamEvents(
  store: KurrentStore,
  stream: streams.ReadReq.Options.StreamOptions,
  page: Page,
): streams.ReadResp[] {
  const name = nameIn(stream.getStreamIdentifier());
  const from = stream.hasStart() ? 'start' : stream.hasEnd() ? 'end' : BigInt(stream.getRevision());
  return store.readStream(name, from, page)?.map(eventResponse) ?? [notFoundResponse(name)];
}

function allFrom(all: streams.ReadReq.Options.AllOptions): bigint | 'start' | 'end' {
  if (all.hasStart()) return 'start';
  return all.hasEnd() ? 'end' : BigInt(all.getPosition()!.getCommitPosition());
}

function matcher(filter: streams.ReadReq.Options.FilterOptions | undefined): (event: StoredEvent) => boolean {
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType()!;
  const text = ({ stream, type }: StoredEvent): string => (filter.hasStreamIdentifier() ? stream : type);
  const regex = expression.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  return (event) =>
    regex
      ? regex.test(text(event))
      : expression.getPrefixList().some((prefix) => text(event).startsWith(prefix));
}
