import { randomBytes } from 'node:crypto';
import type { OpenEventLog } from '@weinao/testing';
import { KurrentEventLog } from '../index.ts';

/** An empty log: the server may have others', under other names. */
export function openKurrentLog(url: string): OpenEventLog & { readonly plugin: string } {
  const plugin = `p-${randomBytes(6).toString('hex')}`;
  const logs: KurrentEventLog[] = [];
  const another = (): KurrentEventLog => {
    const log = new KurrentEventLog({ url, plugin });
    logs.push(log);
    return log;
  };
  return {
    plugin,
    log: another(),
    another: () => Promise.resolve(another()),
    close: async () => void (await Promise.all(logs.map((log) => log.close()))),
  };
}
