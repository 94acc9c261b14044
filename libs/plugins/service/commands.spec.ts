import { describe, expect, it } from '@jest/globals';
import { LogBusy, ReadModelProgress, Snapshots, UnstorableEvent } from '@weinao/events';
import type { Decider, EventLog, SnapshotStore } from '@weinao/events';
import { Commands } from './commands.ts';
import { PluginRequest } from './plugin-request.ts';

type Opened = { readonly type: 'LampOpened'; readonly data: object };

const lamps: Decider<object, { readonly type: 'OpenLamp' }, Opened> = {
  category: 'lamp',
  initial: {},
  decide: () => [{ type: 'LampOpened', data: {} }],
  evolve: (state) => state,
};

const request = (): PluginRequest =>
  new PluginRequest({
    door: 'community',
    communityId: 'sunshine',
    viewer: { id: 'lin', roles: ['resident'], communityId: 'sunshine' },
    permissions: [],
    settings: {},
    correlationId: 'c-1',
  });

/** A log that refuses whatever is appended. */
function commandsOn(refusal: Error): Commands {
  const log = { readStream: async () => [], append: () => Promise.reject(refusal) } as unknown as EventLog;
  const progress = new ReadModelProgress({ pool: {} as never, schema: 'lamps', projections: [] });
  const snapshots = new Snapshots({} as SnapshotStore, () => undefined);
  return new Commands(log, () => new Date('2026-03-02T08:00:00Z'), progress, snapshots);
}

const outcomeOf = (refusal: Error): Promise<unknown> =>
  commandsOn(refusal)
    .execute(lamps, { type: 'OpenLamp' }, request())
    .catch((error: unknown) => error);

describe('a command that the log refuses', () => {
  it('is bad input where its events cannot be stored', async () => {
    expect(await outcomeOf(new UnstorableEvent('LampOpened is too large'))).toMatchObject({
      extensions: {
        code: 'BAD_USER_INPUT',
        problems: [{ path: 'input', rule: 'storable', message: 'LampOpened is too large' }],
      },
    });
  });

  it('may be sent again where too many others wait', async () => {
    expect(await outcomeOf(new LogBusy())).toMatchObject({
      message: 'Too many changes are waiting to be stored; nothing was changed. Try again in a moment.',
      extensions: { code: 'PLUGIN_UNAVAILABLE' },
    });
  });

  it('is an error as it is otherwise', async () => {
    const outage = new Error('Connection terminated');
    expect(await outcomeOf(outage)).toBe(outage);
  });
});
