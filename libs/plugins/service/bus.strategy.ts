import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Bus, BusSubscription } from '@weinao/events';
import { lastValueFrom } from 'rxjs';
import { Batches } from './batches.ts';

/** In a `@MessagePattern`, stands for the id of the plugin that the controller runs in. */
const PLUGIN = '{plugin}';
/** Where several requests may come in one message. */
const BATCHED = 'gql.{plugin}';

/** Lets a Nest microservice answer on our bus, whichever adapter is behind it: a pattern is a subject. */
export class BusStrategy extends Server implements CustomTransportStrategy {
  private responders: BusSubscription[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly plugin: string,
  ) {
    super();
  }

  listen(callback: () => void): void {
    this.responders = [...this.messageHandlers].map(([pattern, handler]) => {
      const subject = pattern.replace(PLUGIN, this.plugin);
      const answer = async (request: unknown): Promise<string> =>
        JSON.stringify(await lastValueFrom(this.transformToObservable(await handler(request))));
      if (pattern === BATCHED) return new Batches(this.bus, subject, answer).respond(this.plugin);
      return this.bus.respond(subject, this.plugin, ({ text }) =>
        answer(text === '' ? undefined : JSON.parse(text)),
      );
    });
    callback();
  }

  async close(): Promise<void> {
    await Promise.all(this.responders.map((responder) => responder.stop()));
  }

  on(): never {
    throw new Error('The bus has no events of its own to listen to');
  }

  unwrap<T>(): T {
    return this.bus as T;
  }
}
