import { idOfStream, intent } from '@weinao/events';
import { boardDecider } from './board.decider.ts';
import type { BoardEvent } from './board.decider.ts';
import { CreateLines1764000000000, LineReader, linesProjection } from './line.row.ts';
import { BoardFeed, ReadLines, WriteLine } from './machines.ts';
import { definePlugin } from '../../index.ts';
import type { LookingReaction } from '../../index.ts';

type LineWritten = Extract<BoardEvent, { type: 'LineWritten' }>;

/** Counts what stands on the board now. */
export const countLines: LookingReaction<LineWritten, LineReader> = {
  name: 'count-lines',
  follows: ['LineWritten'],
  reader: LineReader,
  async react({ stream, metadata: { communityId } }, reader) {
    const board = idOfStream(stream);
    const { length: lines } = await reader.of(communityId, board);
    return [intent(boardDecider, `${board}-count`, { type: 'CountLines', lines })];
  },
};

export const boards = definePlugin({
  manifest: {
    id: 'boards',
    name: { zh: '黑板', en: 'Boards' },
    version: '0.1.0',
    requires: [],
    publishes: ['LineWritten', 'LinesCounted'],
    consumes: [],
    permissions: [],
  },
  projections: [linesProjection],
  migrations: [CreateLines1764000000000],
  readers: [LineReader],
  resolvers: {},
  reactions: [countLines],
  edges: [
    { method: 'POST', path: 'boards/:board/lines', contentTypes: ['text/plain'], handler: WriteLine },
    { method: 'GET', path: 'boards/:board/lines', handler: ReadLines },
  ],
  feeds: [{ path: 'boards/:board/feed', follows: ['LineWritten'], handler: BoardFeed }],
});
