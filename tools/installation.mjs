// What has to work before anything is installed: only modules of Node itself, on Node 20.19 or newer.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** An error whose message is all that the person at the terminal needs; no stack. */
export class Refusal extends Error {}

/** @throws Refusal on a Node that cannot run even the installation. */
export function requireNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(
    `This needs Node.js 20.19 or newer, but this is ${version}: install one from https://nodejs.org.`,
  );
}

/** The Node that package-lock.json names, whatever the machine has. */
export function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', 'node', 'bin', name);
}

/** Runs `npm ci` unless node_modules holds what package-lock.json asks for. */
export function ensureInstalled() {
  if (!isInstalled(root)) {
    console.log('Installing the packages this needs, once; about a minute …');
    installPackages();
  }
  if (existsSync(pinnedNode())) return;
  throw new Refusal('The pinned Node.js is missing: run `npm rebuild node --ignore-scripts=false`.');
}

/** Compares what npm wrote down of its last finished installation with what the lock file asks for. */
export function isInstalled(directory) {
  const wanted = lockedPackages(join(directory, 'package-lock.json'));
  const present = lockedPackages(join(directory, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => path === '' || isSatisfied(entry, present[path]));
}

function isSatisfied(wanted, present) {
  // Optional packages are missing where they are made for another platform.
  if (present === undefined) return wanted.optional === true;
  return present.version === wanted.version && present.integrity === wanted.integrity;
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function installPackages() {
  const [program, ...first] = npmCommand();
  const { status, error, stdout, stderr } = spawnSync(
    program,
    [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      env: { ...process.env, PATH: pathWithoutPackages() },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      shell: process.platform === 'win32' && program === 'npm',
    },
  );
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  const reason = error === undefined ? '' : ` (${error.message})`;
  throw new Refusal(`npm could not install the packages${reason}; its own words stand above.`);
}

// npm empties node_modules first, so neither npm nor its scripts may run on the Node that lies there.
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('npm-cli.js') && node !== undefined && existsSync(node)) return [node, npm];
  return ['npm'];
}

function pathWithoutPackages() {
  const packages = `${root}${sep}`;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((directory) => !directory.startsWith(packages))
    .join(delimiter);
}
