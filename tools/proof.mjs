import { ensureInstalled, requireNode } from './installation.mjs';
import { exitWith, runTypeScript } from './launch.mjs';
import { ensureNatsServer } from './nats-server.mjs';

await exitWith(() => {
  requireNode(process.versions.node);
  ensureInstalled();
  const PATH = ensureNatsServer(process.env.PATH ?? '');
  return runTypeScript('proofs/main.ts', process.argv.slice(2), {
    ...process.env,
    NODE_ENV: 'production',
    PATH,
  });
});
