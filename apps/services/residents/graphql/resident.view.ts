import { ageOn, forbidden } from '@weinao/plugins';
import type { PluginRequest } from '@weinao/plugins';
import type { ResidentType } from './resident.type.ts';
import type { ResidentRow } from '../read/resident.row.ts';

const isSelf = (id: string, { viewer }: PluginRequest): boolean => viewer.id === id;

/** @throws CodedError FORBIDDEN */
export function requireSight(id: string, request: PluginRequest): void {
  if (!isSelf(id, request) && !request.may('residents.read'))
    throw forbidden('This needs the permission residents.read.');
}

/** What the viewer may know of somebody. */
export function residentView(row: ResidentRow, request: PluginRequest, today: string): ResidentType {
  const { id, building, unit, birthDate } = row;
  if (isSelf(id, request) || request.may('residents.see-personal'))
    return { ...row, age: birthDate === null ? null : ageOn(today, birthDate) };
  const nothing = { name: null, birthDate: null, age: null, phone: null, room: null, livesAlone: null };
  return { id, building, unit, ...nothing, tags: [] };
}
