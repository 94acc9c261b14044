export interface FacilityLocation {
  readonly address?: string | null;
  readonly building?: string | null;
  readonly unit?: string | null;
  /** WGS 84 degrees. */
  readonly point?: { readonly latitude: number; readonly longitude: number } | null;
}

export interface FacilityDetails {
  /** Such as HYDRANT, CLINIC, LIFT: communities have kinds of their own. */
  readonly kind: string;
  readonly name: string;
  readonly location: FacilityLocation;
  /** What else is known of it, by names of whoever knew. */
  readonly attributes: Readonly<Record<string, unknown>> | null;
}

/** Of one facility, whose id names the stream. */
export type FacilityEvent =
  | { readonly type: 'FacilityRegistered'; readonly data: FacilityDetails; readonly at?: string }
  /** As it is from now on. */
  | { readonly type: 'FacilityAmended'; readonly data: FacilityDetails; readonly at?: string };

/** Of one hydrant, which has a stream of its own beside the facility's: a pressure gauge reads every few minutes. */
export interface HydrantEvent {
  readonly type: 'HydrantWaterRead';
  readonly data: { readonly hasWater: boolean; readonly pressureKPa: number | null };
  /** When it was read, ISO 8601 UTC. */
  readonly at?: string;
}
