import { randomBytes } from 'node:crypto';
import type { OpenEventLog } from '@weinao/testing';
import { KurrentEventLog } from '../log/kurrent-event.log.ts';

/** An empty log: the server may have others', under other names. */
export function emptyKurrentLog(
  url: string,
  plugin = `p-${randomBytes(6).toString('hex')}`,
): OpenEventLog & { readonly plugin: string; readonly log: KurrentEventLog } {
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

/** The two ways in which a server lets a client append. */
export const kurrentDoubles = [
  ['Append', {}],
  ['BatchAppend', { batches: true }],
] as const;
