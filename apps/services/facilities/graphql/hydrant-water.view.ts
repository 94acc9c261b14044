import type { PluginRequest } from '@weinao/plugins';
import type { HydrantWaterType } from './facility.type.ts';
import type { HydrantRules } from '../domain/hydrant.rules.ts';

const HOUR_MS = 3_600_000;

/** What was read before then says nothing any more; ISO 8601 UTC. */
export function oldestReading(now: string, { settings }: PluginRequest): string {
  const { waterReadingMaxAgeHours } = settings as unknown as HydrantRules; // checked when they were set
  return new Date(Date.parse(now) - waterReadingMaxAgeHours * HOUR_MS).toISOString();
}

interface Reading {
  readonly hasWater: boolean;
  readonly pressureKPa: number | null;
  readonly readAt: string;
}

/** @param oldest as of `oldestReading` */
export function hydrantWater(reading: Reading | undefined, oldest: string): HydrantWaterType {
  if (!reading) return { state: 'UNKNOWN', pressureKPa: null, readAt: null };
  const { hasWater, pressureKPa, readAt } = reading;
  if (readAt < oldest) return { state: 'UNKNOWN', pressureKPa, readAt };
  return { state: hasWater ? 'FLOWING' : 'DRY', pressureKPa, readAt };
}
