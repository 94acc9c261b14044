import type { Check } from './check.ts';
import { absenceCheck } from './checks/absence.check.ts';
import { compositionCheck } from './checks/composition.check.ts';
import { contractCheck, publishedCheck } from './checks/contract.check.ts';
import { goldenCheck, happenedCheck } from './checks/golden.check.ts';
import { isolationCheck, offCheck } from './checks/isolation.check.ts';
import { languagesCheck } from './checks/languages.check.ts';
import { manifestCheck } from './checks/manifest.check.ts';
import { migrationsCheck } from './checks/migrations.check.ts';
import { permissionsCheck, refusalCheck } from './checks/permissions.check.ts';
import { rebuildCheck } from './checks/rebuild.check.ts';
import { redeliveryCheck, repeatCheck } from './checks/redelivery.check.ts';
import { settingsCheck } from './checks/settings.check.ts';

/** What every plugin keeps to, in the order of looking: those that let time pass come late, migrations last. */
export const checks: readonly Check[] = [
  manifestCheck,
  languagesCheck,
  permissionsCheck,
  settingsCheck,
  compositionCheck,
  publishedCheck,
  refusalCheck,
  contractCheck,
  goldenCheck,
  happenedCheck,
  offCheck,
  isolationCheck,
  rebuildCheck,
  absenceCheck,
  repeatCheck,
  redeliveryCheck,
  migrationsCheck,
];
