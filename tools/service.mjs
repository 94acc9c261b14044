import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, Refusal, requireNode, root } from './installation.mjs';
import { exitWith, runTypeScript } from './launch.mjs';

/** One plugin's service as a process of its own: its name is its folder in `apps/services`. */
await exitWith(() => {
  const services = readdirSync(join(root, 'apps/services'));
  const [service, ...rest] = process.argv.slice(2);
  if (!services.includes(service) || rest.length > 0)
    throw new Refusal(`Say which service: npm run service -- <service>, one of ${services.join(', ')}.`);
  requireNode(process.versions.node);
  ensureInstalled();
  const environment = { NODE_ENV: 'production', ...process.env };
  return runTypeScript(`apps/services/${service}/main.ts`, [], environment);
});
