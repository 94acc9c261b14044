import { postgreSQLEventStoreConsumer } from '@event-driven-io/emmett-postgresql';
import { connectNats, Consumer } from '@weinao/events';
import { monotonicMs } from '../frame/clock.ts';
import type { Subscription } from './subscriber.ts';

/** Notes when it has which event, and hands its notes over whenever it is asked. */
let receipts: [id: string, at: number][] = [];
const received = (id: string): void => void receipts.push([id, monotonicMs()]);

process.on('message', () => {
  process.send!(receipts);
  receipts = [];
});
process.on('disconnect', () => process.exit());

const report = (message: string, error?: unknown): void => console.error(message, error ?? '');
await subscribe(JSON.parse(process.argv[2]!) as Subscription);
process.send!('subscribed');

async function subscribe(subscription: Subscription): Promise<void> {
  switch (subscription.by) {
    case 'consumer': {
      const { natsUrl: url, plugin } = subscription;
      const bus = await connectNats({ url, name: 'bench subscriber', report });
      const consumer = new Consumer({ bus, plugin, after: 0n, handle: ({ id }) => received(id), report });
      consumer.start();
      return consumer.ready;
    }
    case 'messages': {
      const bus = await connectNats({ url: subscription.natsUrl, name: 'bench subscriber', report });
      bus.subscribe(subscription.subject, ({ text }) => received((JSON.parse(text) as { id: string }).id));
      // the server has the subscription once it has brought a message by it
      await new Promise<void>((resolve) => {
        const answering = bus.respond(`${subscription.subject}.ready`, 'ready', async () => {
          resolve();
          return '';
        });
        void bus
          .request(`${subscription.subject}.ready`, '', { timeoutMs: 5_000 })
          .then(() => answering.stop());
      });
      return;
    }
    case 'emmett': {
      const consumer = postgreSQLEventStoreConsumer({ connectionString: subscription.databaseUrl });
      consumer.reactor({
        processorId: 'bench',
        startFrom: 'BEGINNING',
        eachMessage: ({ metadata }: { metadata: { messageId: string } }) => received(metadata.messageId),
      });
      void consumer.start();
    }
  }
}
