import grpc from '@grpc/grpc-js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { KurrentFaults } from './kurrent.faults.ts';
import { appendResponse, expectedIn, nameIn, proposedIn } from './kurrent.messages.ts';
import { answerRead } from './kurrent.reading.ts';
import { KurrentStore } from './kurrent.store.ts';
import type { ProposedEvent } from './kurrent.store.ts';

/** What it serves, and no more: a client takes the ways that a server says it has. */
const METHODS = ['append', 'read'] as const;
const SERVICE = 'event_store.client.streams.streams';
const VERSION = '25.1.0';

/** Of one append, events and their metadata together; a server's default was this for long. */
const MOST_APPEND_BYTES = 1_048_576;

/**
 * KurrentDB as far as an event log needs it, over real gRPC, in memory: for tests of what stands on a client, not of
 * the server.
 */
export class KurrentDouble {
  readonly faults = new KurrentFaults();
  /** How often it was asked. */
  readonly calls = { append: 0, read: 0 };
  private readonly store = new KurrentStore();
  private server: grpc.Server;
  private port = 0;

  /** @param port where it listens on 127.0.0.1; 0 for one that the system chooses */
  static async start(port = 0): Promise<KurrentDouble> {
    const double = new KurrentDouble();
    await double.listen(port);
    return double;
  }

  /** A connection string, as `KURRENTDB_URL` has one; a client that connects waits for a discovery interval first. */
  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false&discoveryInterval=10`;
  }

  /** Ends every connection; what was stored stays for `restart`. */
  stop(): void {
    this.server.forceShutdown();
  }

  /** On the same port again, with what was stored. */
  restart(): Promise<void> {
    return this.listen(this.port);
  }

  /** Cuts the connections that there are; who connects again is served. */
  cutConnections(): void {
    this.server.drain(`127.0.0.1:${this.port}`, 0);
  }

  private async listen(port: number): Promise<void> {
    this.server = new grpc.Server();
    this.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) =>
        answer(null, supportedMethods()),
    });
    this.server.addService(streamsService.StreamsService, {
      append: (
        call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
        answer: grpc.sendUnaryData<streams.AppendResp>,
      ) => void this.append(call).then((response) => answer(null, response), answer),
      read: (call: grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>) => void this.read(call),
    });
    this.port = await new Promise<number>((resolve, reject) =>
      this.server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
  }

  private async append(
    call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
  ): Promise<streams.AppendResp> {
    this.calls.append++;
    let options: streams.AppendReq.Options | undefined;
    const proposed: ProposedEvent[] = [];
    for await (const message of call as AsyncIterable<streams.AppendReq>) {
      options ??= message.getOptions();
      const event = message.getProposedMessage();
      if (event) proposed.push(proposedIn(event));
    }
    const bytes = proposed.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (bytes > MOST_APPEND_BYTES) throw tooLarge();
    const stream = nameIn(options!.getStreamIdentifier());
    const expected = expectedIn(options!);
    await this.faults.beforeAppend(stream);
    const appended = this.store.append(stream, expected, proposed);
    await this.faults.afterAppend(stream);
    return appendResponse(expected, appended);
  }

  private async read(call: grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>): Promise<void> {
    this.calls.read++;
    await this.faults.beforeRead();
    const responses = answerRead(this.store, call.request);
    if (!responses) {
      call.emit('error', { code: grpc.status.INVALID_ARGUMENT, details: 'No record begins there.' });
      return;
    }
    for (const [index, response] of responses.entries()) {
      if (this.faults.cutsReadAfter(index)) return this.cutConnections();
      if (!call.write(response)) await new Promise((resolve) => call.once('drain', resolve));
    }
    call.end();
  }
}

function supportedMethods(): features.SupportedMethods {
  const methods = METHODS.map((name) =>
    new features.SupportedMethod().setServiceName(SERVICE).setMethodName(name),
  );
  return new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(VERSION);
}

function tooLarge(): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(MOST_APPEND_BYTES));
  const details = `Maximum Append Size of ${MOST_APPEND_BYTES} Exceeded.`;
  return Object.assign(new Error(details), { code: grpc.status.INVALID_ARGUMENT, details, metadata });
}
