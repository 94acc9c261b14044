import { describe, it } from '@jest/globals';
import { decider } from '@weinao/testing';
import { residentDecider } from './resident.decider.ts';
import type { ResidentDetails, ResidentEvent } from './resident.events.ts';

const { given } = decider(residentDecider, { communityId: 'osmanthus-court' });

const zhao: ResidentDetails = {
  name: '赵秀英',
  birthDate: '1941-03-05',
  phone: null,
  building: '3号楼',
  unit: '2单元',
  room: '301',
  livesAlone: true,
  tags: ['独居老人'],
};
const registered: ResidentEvent = { type: 'ResidentRegistered', data: zhao };
const movedOut: ResidentEvent = { type: 'ResidentMovedOut', data: {} };

describe('a resident', () => {
  it('is registered once, and may come back after moving out', () => {
    given()
      .when({ type: 'RegisterResident', ...zhao })
      .then(registered);
    given(registered)
      .when({ type: 'RegisterResident', ...zhao })
      .thenRejects('CONFLICT');
    given(registered).when({ type: 'MoveResidentOut' }).then(movedOut);
    given(registered, movedOut).when({ type: 'MoveResidentOut' }).thenRejects('NOT_FOUND');
    given(registered, movedOut)
      .when({ type: 'RegisterResident', ...zhao })
      .then(registered);
  });

  it('is amended by what changed alone', () => {
    const amended: ResidentEvent = { type: 'ResidentAmended', data: { phone: '0571-88881234', tags: [] } };
    const changes = { name: '赵秀英', phone: '0571-88881234', tags: [] };
    given(registered).when({ type: 'AmendResident', changes }).then(amended);
    given(registered, amended).when({ type: 'AmendResident', changes }).thenNothing();
    given().when({ type: 'AmendResident', changes }).thenRejects('NOT_FOUND');
  });

  it('is registered or amended by an import, whichever fits', () => {
    const details = { name: '赵秀英', room: '302' };
    const nothing = { birthDate: null, phone: null, building: null, unit: null, livesAlone: null, tags: [] };
    given()
      .when({ type: 'ImportResident', details })
      .then({ type: 'ResidentRegistered', data: { ...nothing, ...details } });
    given(registered)
      .when({ type: 'ImportResident', details })
      .then({ type: 'ResidentAmended', data: { room: '302' } });
  });
});
