import { definePlugin } from '@weinao/plugins';
import { ReadingsEdge } from './edges/readings.edge.ts';
import { DeviceMutationsResolver, RegisteredDeviceResolver } from './graphql/device-mutations.resolver.ts';
import { DeviceQueriesResolver } from './graphql/device-queries.resolver.ts';
import { manifest } from './manifest.ts';
import { CreateReadModels1764200000000 } from './migrations/1764200000000-create-read-models.ts';
import { silenceTimer } from './reactions/silence.timer.ts';
import { DeviceReader } from './read/device.reader.ts';
import { devicesProjection } from './read/devices.projection.ts';

export const plugin = definePlugin({
  manifest,
  projections: [devicesProjection],
  timers: [silenceTimer],
  migrations: [CreateReadModels1764200000000],
  readers: [DeviceReader],
  resolvers: { community: [DeviceQueriesResolver, DeviceMutationsResolver, RegisteredDeviceResolver] },
  edges: [{ method: 'POST', path: 'devices/:device/readings', handler: ReadingsEdge }],
});
