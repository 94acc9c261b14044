/** Roles of people in a community, of machines, and of the platform's operators. */
export const ROLES = [
  'operator',
  'admin',
  'worker',
  'property',
  'resident',
  'guard',
  'integrator',
  'device',
  'screen',
] as const;

export type Role = (typeof ROLES)[number];

export const isRole = (value: unknown): value is Role => ROLES.includes(value as Role);

/** Who asks, as the gateway read it from the token. */
export interface Viewer {
  readonly id: string;
  readonly roles: readonly Role[];
  /** The community of the token; null for an operator of the platform. */
  readonly communityId: string | null;
}
