import { describe, expect, it } from '@jest/globals';
import { projection, recorded } from '@weinao/testing';
import { ResidentRow } from './resident.row.ts';
import { residentAsOf, residentsProjection } from './residents.projection.ts';
import type { ResidentDetails, ResidentEvent } from '../domain/resident.events.ts';

const { given } = projection(residentsProjection);

const zhao: ResidentDetails = {
  ...{ name: '赵秀英', birthDate: '1941-03-05', phone: null, building: '3号楼', unit: '2单元', room: '301' },
  ...{ livesAlone: true, tags: [] },
};
const happened = (event: ResidentEvent, revision: number) =>
  recorded(event, { stream: 'resident/sunshine/zhao', revision });
const registered = happened({ type: 'ResidentRegistered', data: zhao }, 0);
const amended = happened({ type: 'ResidentAmended', data: { room: '302' } }, 1);
const movedOut = happened({ type: 'ResidentMovedOut', data: {} }, 2);
const row: ResidentRow = { communityId: 'sunshine', id: 'zhao', ...zhao };

describe('the list of residents', () => {
  it('has who lives there by now', () => {
    given(registered).then(ResidentRow, [row]);
    given(registered, amended).then(ResidentRow, [{ ...row, room: '302' }]);
    given(registered, amended, movedOut).then(ResidentRow, []);
    given(registered, amended, movedOut, happened({ type: 'ResidentRegistered', data: zhao }, 3)).then(
      ResidentRow,
      [row],
    );
  });

  it('knows who it was that moved out', () => {
    expect(residentAsOf([registered, amended, movedOut])).toEqual({ ...row, room: '302' });
  });
});
