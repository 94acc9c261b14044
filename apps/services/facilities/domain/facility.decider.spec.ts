import { describe, it } from '@jest/globals';
import { decider, FIXED_NOW } from '@weinao/testing';
import { facilityDecider } from './facility.decider.ts';
import type { FacilityDetails, HydrantEvent } from './facility.events.ts';
import { hydrantDecider } from './hydrant.decider.ts';

const details: FacilityDetails = {
  kind: 'HYDRANT',
  name: '东门消火栓',
  location: { point: { latitude: 30.25, longitude: 120.15 } },
  attributes: { ref: '7' },
};
const registered = { type: 'FacilityRegistered', data: details } as const;

describe('a facility', () => {
  const { given } = decider(facilityDecider);

  it('is registered once', () => {
    given().when({ type: 'RegisterFacility', details }).then(registered);
    given(registered).when({ type: 'RegisterFacility', details }).thenRejects('CONFLICT');
  });

  it('is amended by a list where the list says something else', () => {
    const moved = { ...details, name: '西门消火栓' };
    const amended = { type: 'FacilityAmended', data: moved } as const;
    given().when({ type: 'ImportFacility', details }).then(registered);
    given(registered).when({ type: 'ImportFacility', details }).thenNothing();
    given(registered).when({ type: 'ImportFacility', details: moved }).then(amended);
    given(registered, amended).when({ type: 'ImportFacility', details: moved }).thenNothing();
  });
});

describe('the water of a hydrant', () => {
  const settings = { waterReadingMaxAgeHours: 72, leastPressureKPa: 100 };
  const { given } = decider(hydrantDecider, { settings });
  const read = (hasWater: boolean, pressureKPa: number | null, at = FIXED_NOW): HydrantEvent => ({
    type: 'HydrantWaterRead',
    data: { hasWater, pressureKPa },
    at,
  });
  const [earlier, later] = ['2026-03-02T07:59:59.000Z', '2026-03-02T08:00:00.001Z'];

  it('is what somebody saw, now or before, and never later', () => {
    const saw = { type: 'ReportWater', hasWater: false, pressureKPa: null } as const;
    given()
      .when({ ...saw, at: null })
      .then(read(false, null));
    given(read(true, 1))
      .when({ ...saw, at: earlier })
      .then(read(false, null, earlier));
    given()
      .when({ ...saw, at: later })
      .thenRejects('BAD_USER_INPUT');
  });

  it('is there from the least pressure of the settings on', () => {
    const sensed = { type: 'SensePressure', at: earlier } as const;
    given()
      .when({ ...sensed, pressureKPa: 100 })
      .then(read(true, 100, earlier));
    given()
      .when({ ...sensed, pressureKPa: 99.9 })
      .then(read(false, 99.9, earlier));
  });
});
