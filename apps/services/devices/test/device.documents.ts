import { HarnessMachine } from '@weinao/testing/conformance';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing/conformance';

const DEVICE = `fragment whole on Device {
  id kind model location { building unit point { latitude longitude } } online lastSeenAt lastReading
}`;

export const REGISTER = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { device { ...whole } } } ${DEVICE}`;
export const REGISTER_WITH_TOKEN = `mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { device { id } token } }`;
export const RETIRE = `mutation ($id: ID!) { retireDevice(id: $id) { ...whole } } ${DEVICE}`;
export const READ = `query ($id: ID!) { device(id: $id) { ...whole } } ${DEVICE}`;
export const LIST = `query ($filter: DeviceFilter, $first: Int = 50, $after: String) {
  devices(filter: $filter, first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor } totalCount
  }
}`;

const READINGS = 'POST devices/:device/readings';

export const zhaosDoor = {
  id: 'zhao-door',
  kind: 'DOOR',
  model: 'MCCGQ11LM',
  location: { building: '3号楼', unit: '2单元' },
  residentId: 'zhao',
};

/** A device with its token, as it stands in the community. */
export class TestDevice {
  private constructor(
    readonly id: string,
    readonly token: string,
    private readonly machine: HarnessMachine,
  ) {}

  static async register(
    harness: PluginHarness,
    viewer: HarnessViewer,
    input: object = {},
  ): Promise<TestDevice> {
    const registered = await viewer.data(REGISTER_WITH_TOKEN, { input: { ...zhaosDoor, ...input } });
    const { device, token } = registered.registerDevice;
    return new TestDevice(device.id as string, token as string, new HarnessMachine(harness, token as string));
  }

  send(reading: unknown): Promise<{ readonly status: number; readonly json: LookedInto }> {
    return this.sendText(JSON.stringify(reading));
  }

  sendText(body: string, machine = this.machine) {
    return machine.call(READINGS, { device: this.id }, { body });
  }
}
