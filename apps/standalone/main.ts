import { eventStreamVariables, portVariable, reportToConsole, runUntilSignal } from '@weinao/plugins';
import { dataDirectory } from './data-directory.ts';
import { foundDemo } from './demo/found-demo.ts';
import { greeting } from './greeting.ts';
import { plugins } from './plugins.ts';
import { startStandalone } from './start-standalone.ts';

const { DATABASE_URL, KURRENTDB_URL, NATS_URL, WEINAO_DEMO, HOST } = process.env;

/** The demo communities belong to what is embedded, unless WEINAO_DEMO says otherwise. */
const withDemo = WEINAO_DEMO ? WEINAO_DEMO === 'on' : !DATABASE_URL && !KURRENTDB_URL;

await runUntilSignal(async (stopping) => {
  const { isOn, maxAgeDays } = eventStreamVariables();
  const standalone = await startStandalone({
    plugins,
    directory: dataDirectory(),
    port: portVariable('PORT', 4000),
    host: HOST ?? '127.0.0.1',
    databaseUrl: DATABASE_URL,
    kurrentUrl: KURRENTDB_URL,
    natsUrl: NATS_URL,
    eventStreamDays: isOn ? maxAgeDays : undefined,
    report: reportToConsole,
    progress: (step) => console.log(step),
    stopping,
  });
  try {
    if (withDemo) await foundDemo(standalone.url, standalone.issuer);
  } catch (error) {
    await standalone.stop();
    throw error;
  }
  console.log(greeting({ ...standalone, withDemo }));
  return standalone;
});
