import { Injectable } from '@nestjs/common';
import { derivedId, Rejection } from '@weinao/events';
import { Commands, MachineToken, PluginClock } from '@weinao/plugins';
import type { EdgeAnswer, EdgeHandler, EdgeRequest, PluginRequest } from '@weinao/plugins';
import { readingsIn } from './reading.ts';
import type { DeviceCommand } from '../domain/device.commands.ts';
import { deviceDecider } from '../domain/device.decider.ts';
import { DeviceReader } from '../read/device.reader.ts';
import type { DeviceRow } from '../read/device.row.ts';

/** `POST devices/:device/readings`: answered with 202 once every reading is durable. */
@Injectable()
export class ReadingsEdge implements EdgeHandler {
  constructor(
    private readonly reader: DeviceReader,
    private readonly commands: Commands,
    private readonly clock: PluginClock,
  ) {}

  async handle(request: EdgeRequest): Promise<EdgeAnswer> {
    const id = request.params.device!;
    const device = await this.reader.byId(request.communityId, id);
    MachineToken.check(request.token, device?.tokenHash);
    const readings = readingsIn(request.body, this.clock.now());
    const asked = request.as(`device:${id}`, 'device');
    let repeated = 0;
    for (const reading of readings) if (await this.isKnown(reading, device!, asked)) repeated += 1;
    return { status: 202, body: { accepted: readings.length - repeated, repeated } };
  }

  /** Takes a reading. @returns whether one with its message id was taken before, whatever it said */
  private async isKnown(
    reading: Extract<DeviceCommand, { type: 'TakeReading' }>,
    { communityId, id, tokenHash }: DeviceRow,
    request: PluginRequest,
  ): Promise<boolean> {
    const { messageId } = reading;
    // by the token, too: registered anew, a device may count its messages from the beginning
    const commandId = messageId === null ? null : derivedId('reading', communityId, id, tokenHash, messageId);
    const target = { id, ...(commandId !== null && { commandId }) };
    try {
      return (await this.commands.execute(deviceDecider, reading, request, target)).repeated;
    } catch (error) {
      if (error instanceof Rejection && error.code === 'IDEMPOTENCY_KEY_REUSED' && messageId !== null)
        return true;
      throw error;
    }
  }
}
