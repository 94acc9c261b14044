import type { PluginRequest } from '@weinao/plugins';
import type { FoundThingType } from './found-thing.type.ts';
import type { FoundThingRow } from '../read/found-thing.row.ts';
import type { LostAndFoundSettings } from '../settings.ts';

const DAY_MS = 86_400_000;

/** The thing as far as the viewer may see it: who reads a proof could claim with it. */
export function foundThingView(row: FoundThingRow, request: PluginRequest): FoundThingType {
  const { daysKept } = request.settings as unknown as LostAndFoundSettings; // checked when it was set
  const keptUntil = new Date(Date.parse(row.reportedAt) + daysKept * DAY_MS).toISOString();
  const isTold = request.may('lost-and-found.hand-out') || row.claimedBy === request.viewer.id;
  return { ...row, keptUntil, ...(!isTold && { claimedBy: null, proof: null }) };
}
