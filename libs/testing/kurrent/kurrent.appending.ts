import grpc from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { nameIn, proposedIn } from './kurrent.messages.ts';
import { MOST_APPEND_BYTES } from './kurrent.store.ts';
import type { Appended, ExpectedState, ProposedEvent } from './kurrent.store.ts';

export type Append = (
  stream: string,
  expected: ExpectedState,
  proposed: readonly ProposedEvent[],
) => Promise<Appended>;

/** `Append`: one append a call, first where, then event by event. */
export async function answerAppend(
  call: AsyncIterable<streams.AppendReq>,
  append: Append,
): Promise<streams.AppendResp> {
  let options: streams.AppendReq.Options | undefined;
  const proposed: ProposedEvent[] = [];
  for await (const message of call) {
    options ??= message.getOptions();
    const event = message.getProposedMessage();
    if (event) proposed.push(proposedIn(event));
  }
  const expected = expectedIn(options!);
  return response(expected, await append(nameIn(options!.getStreamIdentifier()), expected, proposed));
}

function expectedIn(options: streams.AppendReq.Options): ExpectedState {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'exists' : BigInt(options.getRevision());
}

function response(expected: ExpectedState, appended: Appended): streams.AppendResp {
  const answer = new streams.AppendResp();
  if (appended.outcome === 'too-large') throw tooLarge();
  if (appended.outcome === 'wrong-version')
    return answer.setWrongExpectedVersion(wrongVersion(expected, appended.current));
  const { position, revision } = appended.last;
  const at = new streams.AppendResp.Position()
    .setCommitPosition(position.toString())
    .setPreparePosition(position.toString());
  return answer.setSuccess(
    new streams.AppendResp.Success().setCurrentRevision(revision.toString()).setPosition(at),
  );
}

function wrongVersion(
  expected: ExpectedState,
  current: bigint | undefined,
): streams.AppendResp.WrongExpectedVersion {
  const answer = new streams.AppendResp.WrongExpectedVersion();
  if (current === undefined) answer.setCurrentNoStream(new shared.Empty());
  else answer.setCurrentRevision(current.toString());
  if (expected === 'no-stream') answer.setExpectedNoStream(new shared.Empty());
  else if (expected === 'any') answer.setExpectedAny(new shared.Empty());
  else if (expected === 'exists') answer.setExpectedStreamExists(new shared.Empty());
  else answer.setExpectedRevision(expected.toString());
  return answer;
}

function tooLarge(): Error {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(MOST_APPEND_BYTES));
  const details = `Maximum Append Size of ${MOST_APPEND_BYTES} Exceeded.`;
  return Object.assign(new Error(details), { code: grpc.status.INVALID_ARGUMENT, details, metadata });
}
