import { connect } from '@nats-io/transport-node';
import { CommunityDirectory } from './community-directory.mjs';
import { manifest, sdl } from './manifest.mjs';
import { Service } from './service.mjs';
import { checkSettings, settingsSchema } from './settings.mjs';
import { Subgraph } from './subgraph.mjs';
import { WeatherSource } from './weather-source.mjs';

const OPEN_METEO = 'https://api.open-meteo.com/v1/forecast';
const STOP_DEADLINE_MS = 4_500;

const { NATS_URL: servers, WEATHER_URL: url = OPEN_METEO } = process.env;
if (!servers) {
  console.error('NATS_URL is not set, such as NATS_URL=nats://127.0.0.1:4222');
  process.exit(1);
}

const report = (message, error) => console.error(message, error);
const connection = await connect({
  ...{ servers: servers.split(','), name: `weinao ${manifest.id}` },
  ...{ maxReconnectAttempts: -1, reconnectTimeWait: 500, waitOnFirstConnect: true },
});
const directory = new CommunityDirectory(connection, manifest.id);
const subgraph = new Subgraph({ directory, source: new WeatherSource({ url, report }), report });
const service = new Service(
  connection,
  { manifest, sdl: { community: sdl }, settings: { schema: settingsSchema } },
  {
    'gql.weather': (request) => subgraph.answer(request),
    'plugin.weather.settings': ({ settings }) => checkSettings(settings),
    'plugin.weather.ping': () => ({ version: manifest.version }),
  },
);

async function stop() {
  setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
  await service.stop();
  await connection.drain();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
await service.start();
