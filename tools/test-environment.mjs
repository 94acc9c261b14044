import { setTimeout as pause } from 'node:timers/promises';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

const patience = 5000;
const watched = /^(TCP|UDP|Pipe|Process|FSEvent|TTY|HTTP|Worker|Timeout)/;

/** Fails a spec file that leaves something open: it would keep a process alive that should have ended. */
export default class TestEnvironment extends NodeEnvironment {
  async setup() {
    await super.setup();
    this.before = openHandles();
  }

  async teardown() {
    const left = this.before === undefined ? [] : await leftOpen(this.before);
    await super.teardown();
    if (left.length === 0) return;
    throw new Error(
      `This spec leaves open: ${left.join(', ')}. Close it in afterEach or afterAll; ` +
        '`npm test -- <file> -- --detectOpenHandles` shows where it was opened.',
    );
  }
}

async function leftOpen(before) {
  const deadline = performance.now() + patience;
  for (;;) {
    const left = difference(openHandles(), before);
    if (left.length === 0 || performance.now() > deadline) return left;
    await pause(20);
  }
}

function openHandles() {
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
