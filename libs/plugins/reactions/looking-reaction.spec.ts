import { describe, expect, it } from '@jest/globals';
import { intent, NotNow } from '@weinao/events';
import type { Followed, ReadModelProgress } from '@weinao/events';
import { lookingReaction } from '@weinao/testing';
import type { DataSource } from 'typeorm';
import { lookupOf } from './looking-reaction.ts';
import type { LookingReaction } from './looking-reaction.ts';
import { boardDecider } from '../test/boards/board.decider.ts';
import { countLines } from '../test/boards/plugin.ts';

const away = Object.assign(new Error('the server shuts down'), { code: '57P01' });
const shows = { reached: () => Promise.resolve() } as unknown as ReadModelProgress;
const isBehind = { reached: () => Promise.reject(new Error('behind')) } as unknown as ReadModelProgress;

describe('a looking reaction', () => {
  const failing = (error: Error): LookingReaction => ({
    ...{ name: 'failing', follows: ['LineWritten'] },
    reader: class Nothing {},
    react: () => Promise.reject(error),
  });
  const sunshine = { id: 'sunshine', name: '阳光', timeZone: 'Asia/Shanghai', plugins: new Map() };
  const directory = { community: (id: string) => (id === sunshine.id ? sunshine : undefined) };
  const look = (reaction: LookingReaction, progress: ReadModelProgress, type = 'LineWritten') =>
    lookupOf(reaction, {} as DataSource, progress, directory).look({
      ...{ type, position: 7n },
      metadata: { communityId: 'sunshine' },
    } as Followed);

  it('is told of the community as it is', async () => {
    let told: unknown;
    const curious: LookingReaction = {
      ...failing(away),
      react: async (_event, _reader, community) => ((told = community), []),
    };
    await look(curious, shows);
    expect(told).toBe(sunshine);
  });

  it('wants to be asked again while the database is away, or the read models do not show its event', async () => {
    await expect(look(failing(away), shows)).rejects.toThrow(NotNow);
    await expect(look(failing(new Error('never asked')), isBehind)).rejects.toThrow(NotNow);
  });

  it('does not wait for its own read models where the event is another plugin’s', async () => {
    await expect(look(failing(new Error('asked')), isBehind, 'devices.SmokeDetected')).rejects.toThrow(
      'asked',
    );
  });

  it('breaks on what is no outage', async () => {
    const error = new TypeError('planted');
    await expect(look(failing(error), shows)).rejects.toBe(error);
  });

  it('is specified by what its reader finds', async () => {
    const reader = {
      of: () => Promise.resolve([]),
      atOnePosition: () => Promise.reject(new Error('not asked')),
    };
    await lookingReaction(countLines, reader)
      .given({ type: 'LineWritten', data: { text: '停水', by: 'b-1' } }, { stream: 'board/sunshine/b-1' })
      .then(intent(boardDecider, 'b-1-count', { type: 'CountLines', lines: 0 }));
  });
});
