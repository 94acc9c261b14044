import { ensureInstalled, requireNode } from './installation.mjs';
import { exitWith, runTypeScript } from './launch.mjs';

await exitWith(() => {
  requireNode(process.versions.node);
  ensureInstalled();
  const environment = { NODE_ENV: 'production', ...process.env };
  return runTypeScript('apps/standalone/main.ts', process.argv.slice(2), environment);
});
