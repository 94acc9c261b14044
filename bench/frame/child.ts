import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const loader = new URL('../../tools/typescript.mjs', import.meta.url).href;

/** A TypeScript file in a process of its own, which ends with this one. @param args as JSON in its first argument */
export function startChild(file: URL, args: object, cleanup: AsyncDisposableStack): ChildProcess {
  const child = fork(fileURLToPath(file), [JSON.stringify(args)], {
    execArgv: ['--enable-source-maps', '--import', loader],
    detached: true, // a terminal's Ctrl-C is for the bench alone
  });
  cleanup.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

/** The child's next message. @throws Error when it ends without one */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const exit = once(child, 'exit', { signal }).then(([code]) => {
      throw new Error(`A process of the bench ended with ${code}`);
    });
    const [message] = (await Promise.race([once(child, 'message', { signal }), exit])) as [Message];
    return message;
  } finally {
    over.abort();
  }
}
