import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Refusal } from './installation.mjs';

const missing =
  'The tests need nats-server, which is not on the PATH: install it with `apt-get install nats-server` or ' +
  '`brew install nats-server`, or from https://nats.io/download.';

/** Installs nats-server where the machine lets us; answers with a PATH on which it is. */
export function ensureNatsServer(path) {
  const found = pathTo('nats-server', path);
  if (found !== undefined) return found;
  const install = installers.find(({ program, allowed }) => allowed() && pathTo(program, path) !== undefined);
  if (install === undefined) throw new Refusal(missing);
  console.log(`Installing nats-server with ${install.program}, once …`);
  const output = install.commands.map(([program, ...args]) => run(program, args, path)).join('');
  const installed = pathTo('nats-server', path);
  if (installed === undefined) {
    process.stderr.write(output);
    throw new Refusal(missing);
  }
  stopService(path);
  return installed;
}

/** The PATH with the directory of the program; Debian puts servers into the `sbin` beside each `bin`. */
function pathTo(program, path) {
  const directories = path.split(delimiter).filter((directory) => directory !== '');
  const holds = (directory) => isExecutable(join(directory, program));
  if (directories.some(holds)) return path;
  const beside = directories.map((directory) => directory.replace(/\bbin$/, 'sbin')).find(holds);
  return beside === undefined ? undefined : `${path}${delimiter}${beside}`;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const isRoot = () => process.getuid?.() === 0;

const installers = [
  {
    program: 'apt-get',
    allowed: isRoot,
    commands: [
      ['apt-get', 'update'],
      ['apt-get', 'install', '-y', '--no-install-recommends', 'nats-server'],
    ],
  },
  { program: 'apk', allowed: isRoot, commands: [['apk', 'add', '--no-cache', 'nats-server']] },
  { program: 'brew', allowed: () => !isRoot(), commands: [['brew', 'install', 'nats-server']] },
];

function run(program, args, path) {
  const { stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return `${stdout ?? ''}${stderr ?? ''}${error === undefined ? '' : `${error.message}\n`}`;
}

// The tests start servers of their own; the one that Debian's package sets going would only stay behind.
function stopService(path) {
  if (existsSync('/run/systemd/system')) run('systemctl', ['disable', '--now', 'nats-server'], path);
}
