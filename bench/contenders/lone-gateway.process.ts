import { connectNats } from '@weinao/events';
import { LocalIssuer, startGateway } from '@weinao/gateway';

/** A gateway alone; it tells its address, and how many bytes it has whenever it is asked. */
const { natsUrl, data } = JSON.parse(process.argv[2]!) as { natsUrl: string; data: string };
const report = (message: string, error?: unknown): void => console.error(message, error ?? '');
const bus = await connectNats({ url: natsUrl, name: 'bench gateway', report });
const issuer = await LocalIssuer.open(data);
const gateway = await startGateway({ bus, issuer, port: 0, host: '127.0.0.1', report });
while (!(await gateway.isReady())) await new Promise((resolve) => setTimeout(resolve, 20));

process.on('message', () => process.send!(process.memoryUsage().rss));
process.on('disconnect', () => process.exit());
process.send!(gateway.url);
