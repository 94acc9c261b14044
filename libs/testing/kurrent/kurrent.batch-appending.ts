import type grpc from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Append } from './kurrent.appending.ts';
import { identifierOf, nameIn, proposedIn } from './kurrent.messages.ts';
import { MOST_APPEND_BYTES } from './kurrent.store.ts';
import type { Appended, ExpectedState, ProposedEvent } from './kurrent.store.ts';

interface Batch {
  readonly options: streams.BatchAppendReq.Options;
  readonly proposed: ProposedEvent[];
}

/** `BatchAppend`: one call for all appends of a client, told apart by a correlation id. */
export function answerBatches(
  call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>,
  append: Append,
): void {
  const batches = new Map<string, Batch>();
  const answer = async (id: string, { options, proposed }: Batch): Promise<void> => {
    const stream = nameIn(options.getStreamIdentifier());
    const response = responseTo(await append(stream, expectedIn(options), proposed));
    call.write(
      response.setCorrelationId(new shared.UUID().setString(id)).setStreamIdentifier(identifierOf(stream)),
    );
  };
  call.on('data', (message: streams.BatchAppendReq) => {
    const id = message.getCorrelationId()!.getString();
    const batch = batches.get(id) ?? { options: message.getOptions()!, proposed: [] };
    batches.set(id, batch);
    batch.proposed.push(...message.getProposedMessagesList().map(proposedIn));
    if (!message.getIsFinal()) return;
    batches.delete(id);
    answer(id, batch).catch((error: unknown) => call.emit('error', error));
  });
  call.on('end', () => call.end());
}

function expectedIn(options: streams.BatchAppendReq.Options): ExpectedState {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'exists' : BigInt(options.getStreamPosition());
}

function responseTo(appended: Appended): streams.BatchAppendResp {
  const response = new streams.BatchAppendResp();
  if (appended.outcome === 'too-large') return response.setError(tooLarge());
  if (appended.outcome === 'wrong-version') return response.setError(wrongVersion(appended.current));
  const { position, revision } = appended.last;
  const at = new shared.AllStreamPosition()
    .setCommitPosition(position.toString())
    .setPreparePosition(position.toString());
  return response.setSuccess(
    new streams.BatchAppendResp.Success().setCurrentRevision(revision.toString()).setPosition(at),
  );
}

function wrongVersion(current: bigint | undefined): status.Status {
  const details = new shared.WrongExpectedVersion();
  if (current === undefined) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(current.toString());
  return errorOf('WrongExpectedVersion', details);
}

const tooLarge = (): status.Status =>
  errorOf(
    'MaximumAppendSizeExceeded',
    new shared.MaximumAppendSizeExceeded().setMaxappendsize(MOST_APPEND_BYTES),
  );

function errorOf(name: string, message: { serializeBinary(): Uint8Array }): status.Status {
  const details = new any.Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new status.Status().setMessage(name).setDetails(details);
}
