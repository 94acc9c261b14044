import { Consumer } from '@weinao/events';
import { connectBus } from '@weinao/plugins';
import { disordered } from './disordered.bus.ts';
import { Random } from '../course/random.ts';

const [plugin = '', after = '0'] = process.argv.slice(2);

const bus = disordered(await connectBus('the proof’s consumer'), new Random(Number(after)));
const consumer = new Consumer({
  bus,
  plugin,
  after: BigInt(after),
  handle: ({ position, id }) => void process.stdout.write(`${position} ${id}\n`), // synchronous, so never lost
  report: (message, error) => console.error(message, error),
});
consumer.start();
