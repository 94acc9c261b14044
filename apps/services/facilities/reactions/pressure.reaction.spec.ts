import { describe, it } from '@jest/globals';
import { intent } from '@weinao/events';
import { FIXED_NOW, reaction } from '@weinao/testing';
import { pressureReaction } from './pressure.reaction.ts';
import { hydrantDecider } from '../domain/hydrant.decider.ts';

describe('the gauge on a hydrant', () => {
  const { given } = reaction(pressureReaction);
  const read = (kind: string, values: object) =>
    given({ type: 'devices.ReadingReceived', data: { kind, values } }, { stream: 'device/sunshine/h-1' });

  it('tells of the hydrant with its id, by a number and by nothing else', () => {
    read('HYDRANT', { pressureKPa: 300, battery: 9 }).then(
      intent(hydrantDecider, 'h-1', { type: 'SensePressure', pressureKPa: 300, at: FIXED_NOW }),
    );
    read('HYDRANT', { battery: 9 }).thenNothing();
    read('HYDRANT', { pressureKPa: 'high' }).thenNothing();
    read('OTHER', { pressureKPa: 300 }).thenNothing();
  });
});
