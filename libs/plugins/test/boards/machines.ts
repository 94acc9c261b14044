import { Injectable } from '@nestjs/common';
import { idOfStream } from '@weinao/events';
import { boardDecider } from './board.decider.ts';
import { LineReader } from './line.row.ts';
import { CodedError, Commands } from '../../index.ts';
import type {
  EdgeAnswer,
  EdgeHandler,
  EdgeRequest,
  FeedEvent,
  FeedHandler,
  FeedOpening,
  FeedRequest,
  PathParams,
  ToldMessage,
} from '../../index.ts';

/** A board's token is its name and a secret. */
function boardOf({ params, token }: EdgeRequest | FeedRequest): string {
  const { board = '' } = params;
  if (token !== `${board} secret`) throw new CodedError('UNAUTHENTICATED', 'This is no token of the board.');
  return board;
}

@Injectable()
export class WriteLine implements EdgeHandler {
  constructor(private readonly commands: Commands) {}

  async handle(request: EdgeRequest): Promise<EdgeAnswer> {
    const id = boardOf(request);
    if (request.body === 'nobody foresaw this') throw new TypeError('planted');
    const command = { type: 'WriteLine' as const, text: request.body };
    const { state } = await this.commands.execute(
      boardDecider,
      command,
      request.as(`board:${id}`, 'device'),
      {
        id,
      },
    );
    return { status: 201, body: { lines: state.lines } };
  }
}

@Injectable()
export class ReadLines implements EdgeHandler {
  constructor(private readonly lines: LineReader) {}

  async handle({ communityId, params, query }: EdgeRequest): Promise<EdgeAnswer> {
    const texts = (await this.lines.of(communityId, params.board!)).map(({ text }) => text);
    if (query.as !== 'text') return { status: 200, body: { texts } };
    return { status: 200, body: JSON.stringify(texts), headers: { 'cache-control': 'no-store' } };
  }
}

/** Who was seen, for the specs. */
export const seen: PathParams[][] = [];

@Injectable()
export class BoardFeed implements FeedHandler {
  constructor(private readonly lines: LineReader) {}

  async open(request: FeedRequest): Promise<FeedOpening> {
    const board = boardOf(request);
    const { position, value } = await this.lines.atOnePosition(request.communityId, board);
    const after = Number(request.lastEventId ?? 0);
    const rows = value.filter((row) => Number(row.position) > after);
    return { channels: [board], position, messages: rows.map((row) => lineMessage(row.position, row.text)) };
  }

  async tell({ stream, position, data }: FeedEvent): Promise<readonly ToldMessage[]> {
    const { text } = data as { text: string };
    return [{ ...lineMessage(position, text), channels: [idOfStream(stream)] }];
  }

  seen(_communityId: string, connections: readonly PathParams[]): void {
    seen.push([...connections]);
  }
}

const lineMessage = (position: string, text: string) => ({
  id: String(Number(position)),
  event: 'line',
  data: JSON.stringify(text),
});
