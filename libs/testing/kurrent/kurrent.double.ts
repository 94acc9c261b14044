import grpc from '@grpc/grpc-js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { answerAppend } from './kurrent.appending.ts';
import type { Append } from './kurrent.appending.ts';
import { answerBatches } from './kurrent.batch-appending.ts';
import { KurrentFaults } from './kurrent.faults.ts';
import { answerRead } from './kurrent.reading.ts';
import { KurrentStore } from './kurrent.store.ts';

const SERVICE = 'event_store.client.streams.streams';
const VERSION = '25.1.0';

export interface KurrentDoubleOptions {
  /** Whether it offers `BatchAppend` beside `Append`, as servers since 21.10 do: a client then appends by that. */
  readonly batches?: boolean;
}

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

  private constructor(private readonly options: KurrentDoubleOptions) {}

  static async start(options: KurrentDoubleOptions): Promise<KurrentDouble> {
    const double = new KurrentDouble(options);
    await double.listen();
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
    return this.listen();
  }

  /** Cuts the connections that there are; who connects again is served. */
  cutConnections(): void {
    this.server.drain(`127.0.0.1:${this.port}`, 0);
  }

  private async listen(): Promise<void> {
    this.server = new grpc.Server();
    this.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: grpc.sendUnaryData<features.SupportedMethods>) =>
        answer(null, this.supportedMethods()),
    });
    this.server.addService(streamsService.StreamsService, {
      append: (
        call: grpc.ServerReadableStream<streams.AppendReq, streams.AppendResp>,
        answer: grpc.sendUnaryData<streams.AppendResp>,
      ) => void answerAppend(call, this.append).then((response) => answer(null, response), answer),
      batchAppend: (call: grpc.ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>) =>
        answerBatches(call, this.append),
      read: (call: grpc.ServerWritableStream<streams.ReadReq, streams.ReadResp>) => void this.read(call),
    });
    this.port = await new Promise<number>((resolve, reject) =>
      this.server.bindAsync(
        `127.0.0.1:${this.port}`,
        grpc.ServerCredentials.createInsecure(),
        (error, bound) => (error ? reject(error) : resolve(bound)),
      ),
    );
  }

  private readonly append: Append = async (stream, expected, proposed) => {
    this.calls.append++;
    await this.faults.beforeAppend(stream);
    const appended = this.store.append(stream, expected, proposed);
    await this.faults.afterAppend(stream);
    return appended;
  };

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

  /** A client takes the ways that a server says it has. */
  private supportedMethods(): features.SupportedMethods {
    const names = ['append', 'read', ...(this.options.batches ? ['batchappend'] : [])];
    const methods = names.map((name) =>
      new features.SupportedMethod().setServiceName(SERVICE).setMethodName(name),
    );
    return new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(VERSION);
  }
}
