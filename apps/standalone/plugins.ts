import type { Plugin } from '@weinao/plugins';

/** Every plugin that runs where everything runs in one process, and that the command line knows. One line each. */
export const plugins: readonly Plugin[] = [
  (await import('@weinao/service-communities')).plugin,
  (await import('@weinao/service-tickets')).plugin,
  (await import('@weinao/service-residents')).plugin,
  (await import('@weinao/service-notices')).plugin,
  (await import('@weinao/service-devices')).plugin,
  (await import('@weinao/service-facilities')).plugin,
  (await import('@weinao/service-alerts')).plugin,
  (await import('@weinao/service-elderly-care')).plugin,
];
