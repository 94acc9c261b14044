import { setTimeout as pause } from 'node:timers/promises';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

const settlePatience = 1500;
const closePatience = 3000;

/** Fails a spec file that leaves something open: it would keep a process alive that should have ended. */
export default class TestEnvironment extends NodeEnvironment {
  async setup() {
    await super.setup();
    // Jest has children and timers of its own while it begins; they end by themselves.
    await within(settlePatience, () => openHandles().every((kind) => !/^(Process|Timeout)/.test(kind)));
    this.before = openHandles();
  }

  async teardown() {
    const left = () => (this.before === undefined ? [] : difference(openHandles(), this.before));
    await within(closePatience, () => left().length === 0);
    const kinds = left();
    await super.teardown();
    if (kinds.length === 0) return;
    throw new Error(
      `This spec leaves open: ${kinds.join(', ')}. Close it in afterEach or afterAll; ` +
        '`npm test -- <file> -- --detectOpenHandles` shows where it was opened.',
    );
  }
}

async function within(patience, condition) {
  const deadline = performance.now() + patience;
  while (!condition() && performance.now() < deadline) await pause(20);
}

function openHandles() {
  const watched = /^(TCP|UDP|Pipe|Process|FSEvent|TTY|HTTP|Worker|Timeout)/;
  return process.getActiveResourcesInfo().filter((kind) => watched.test(kind));
}

function difference(now, before) {
  const rest = [...before];
  return now.filter((kind) => {
    const index = rest.indexOf(kind);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
