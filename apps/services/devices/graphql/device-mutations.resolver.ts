import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Commands, MachineToken, Permission, PluginRequest, tokenShownOnce } from '@weinao/plugins';
import { DeviceArgs, RegisterDeviceInput, USUAL_SILENT_AFTER } from './device.inputs.ts';
import { DeviceType, RegisteredDeviceType } from './device.type.ts';
import { parseDuration } from './duration.ts';
import { deviceDecider } from '../domain/device.decider.ts';
import type { DeviceState } from '../domain/device.state.ts';

@Resolver()
export class DeviceMutationsResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => RegisteredDeviceType)
  @Permission('devices.manage')
  async registerDevice(
    @Args('input') input: RegisterDeviceInput,
    @Context() request: PluginRequest,
  ): Promise<RegisteredDeviceType> {
    const { id, kind, model = null, location = null, silentAfter, residentId = null } = input;
    const silentAfterSeconds = parseDuration(silentAfter ?? USUAL_SILENT_AFTER)!;
    const asked = { kind, model, location, silentAfterSeconds, residentId };
    const token = MachineToken.make();
    const command = { type: 'RegisterDevice', ...asked, tokenHash: token.hash } as const;
    const { state, repeated } = await this.commands.execute(deviceDecider, command, request, { id, asked });
    return { device: view(id, state), freshToken: repeated ? null : token.text };
  }

  @Mutation(() => DeviceType, { description: 'Its token is refused from then on; its id is free again.' })
  @Permission('devices.manage')
  async retireDevice(@Args() { id }: DeviceArgs, @Context() request: PluginRequest): Promise<DeviceType> {
    const { state } = await this.commands.execute(deviceDecider, { type: 'RetireDevice' }, request, { id });
    return view(id, state);
  }
}

@Resolver(() => RegisteredDeviceType)
export class RegisteredDeviceResolver {
  @ResolveField(() => String, { description: 'Shown once; the device’s bearer token' })
  token(@Parent() { freshToken, device }: RegisteredDeviceType): string {
    return freshToken ?? tokenShownOnce(`device ${device.id}`);
  }
}

const view = (id: string, state: DeviceState): DeviceType => ({
  ...{ id, kind: state.kind, model: state.model, location: state.location, online: !state.isSilent },
  ...{ lastSeenAt: state.lastSeenAt, lastReading: state.lastReading },
});
