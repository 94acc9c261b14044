import { connectBus, portVariable, reportToConsole, runUntilSignal } from '@weinao/plugins';
import { LocalIssuer } from './authentication/local-issuer.ts';
import { startGateway } from './start-gateway.ts';

await runUntilSignal(async () => {
  const port = portVariable('PORT', 4000);
  const issuer = await LocalIssuer.open(process.env.WEINAO_DATA ?? '.weinao');
  const bus = await connectBus('weinao gateway');
  const gateway = await startGateway({
    bus,
    issuer,
    port,
    host: process.env.HOST ?? '0.0.0.0',
    report: reportToConsole,
  });
  console.log(`gateway is listening on ${gateway.url}`);
  return {
    stop: async () => {
      await gateway.stop();
      await bus.close();
    },
  };
});
