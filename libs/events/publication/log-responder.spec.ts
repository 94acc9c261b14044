import { describe, expect, it } from '@jest/globals';
import { LogResponder } from './log-responder.ts';
import type { LogPage } from './log-responder.ts';
import { subjects } from './subjects.ts';
import { InProcessBus } from '../bus/in-process.bus.ts';
import type { Recorded } from '../event.ts';
import type { EventLog, ReadOptions } from '../log/event-log.ts';

const HISTORY = 2_000;

/** Events of so many characters, as many as are asked for. */
class LargeEvents implements Pick<EventLog, 'read' | 'head'> {
  taken = 0;

  constructor(private readonly characters: number) {}

  head(): Promise<bigint> {
    return Promise.resolve(BigInt(HISTORY));
  }

  read({ after, limit }: ReadOptions): Promise<Recorded[]> {
    const count = Math.min(limit, HISTORY - Number(after));
    this.taken += count;
    return Promise.resolve(
      Array.from({ length: count }, (_, index) => this.event(after + BigInt(index + 1))),
    );
  }

  private event(position: bigint): Recorded {
    return {
      ...{ id: `event-${position}`, stream: 'note/court/1', revision: Number(position) - 1, position },
      ...{ schemaVersion: 1, at: '2026-03-02T08:00:00.000Z', type: 'Noted' },
      data: { text: 'x'.repeat(this.characters) },
      metadata: { communityId: 'court', commandId: 'command', actorId: null, correlationId: 'all' },
    };
  }
}

describe('the responder of a log', () => {
  it.each([20, 16_000])(
    'reads few events that do not fit into a page, of %d characters',
    async (characters) => {
      const log = new LargeEvents(characters);
      const bus = new InProcessBus(() => undefined);
      const responder = new LogResponder({ plugin: 'notes', log: log as unknown as EventLog, bus });
      responder.start();
      let after = 0;
      while (after < HISTORY) {
        const text = await bus.request(subjects.readLog('notes'), JSON.stringify({ after: String(after) }), {
          timeoutMs: 5_000,
        });
        after += (JSON.parse(text) as LogPage).events.length;
      }
      expect(log.taken).toBeLessThanOrEqual(2 * HISTORY + 500);
      await responder.stop();
    },
  );
});
