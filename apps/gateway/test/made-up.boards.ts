import type { Bus } from '@weinao/events';
import { edgeSubjects, parseManifest } from '@weinao/plugins';
import type {
  Announcement,
  EdgeCall,
  EdgeReply,
  FeedCall,
  FeedOpened,
  FeedPresence,
  FeedTelling,
  FeedTold,
} from '@weinao/plugins';
import { Inbox } from '@weinao/testing';
import { MadeUpLog } from './made-up.log.ts';
import type { WriteOptions } from './made-up.log.ts';

export const BOARDS: Announcement = {
  manifest: parseManifest({
    id: 'boards',
    name: { zh: '黑板', en: 'Boards' },
    version: '1.0.0',
    requires: [],
    publishes: ['LineWritten', 'LineRead'],
    consumes: [],
    permissions: [],
  }),
  sdl: {},
  edges: [
    { method: 'POST', path: 'boards/:board/lines', mostBytes: 100 },
    { method: 'GET', path: 'boards/:board/lines', mostBytes: 100 },
  ],
  feeds: [{ path: 'boards/:board/feed', follows: ['LineWritten'], presence: true }],
};

interface Line {
  readonly text: string;
  /** Undefined for all. */
  readonly board?: string;
}

/** A made-up service on the bus, as the gateway sees it: what it answers can be held back and changed. */
export class MadeUpBoards {
  readonly calls: EdgeCall[] = [];
  readonly openings: FeedCall[] = [];
  readonly tellings = new Inbox<FeedTelling>();
  readonly seen = new Inbox<FeedPresence>();
  private readonly log: MadeUpLog;

  answer: (call: EdgeCall) => EdgeReply = () => ({ status: 202, contentType: 'text/plain', body: 'taken' });
  open: (call: FeedCall) => Promise<FeedOpened> = (call) => Promise.resolve(this.openingOf(call));
  tell: (telling: FeedTelling) => Promise<FeedTold> = (telling) => Promise.resolve(this.toldOf(telling));

  constructor(private readonly bus: Bus) {
    this.respond(edgeSubjects.edge('boards'), async (call: EdgeCall) => {
      this.calls.push(call);
      return this.answer(call);
    });
    this.respond(edgeSubjects.open('boards'), (call: FeedCall) => {
      this.openings.push(call);
      return this.open(call);
    });
    this.respond(edgeSubjects.tell('boards'), (telling: FeedTelling) => {
      this.tellings.take(telling);
      return this.tell(telling);
    });
    this.log = new MadeUpLog(bus, 'boards');
    bus.subscribe(edgeSubjects.seen('boards'), ({ text }) => this.seen.take(JSON.parse(text)));
  }

  get head(): string {
    return this.log.head;
  }

  write(
    line: Line,
    { type = 'LineWritten', ...options }: WriteOptions & { readonly type?: string } = {},
  ): void {
    const { community = 'osmanthus-court' } = options;
    this.log.write({ type, data: line, stream: `board/${community}/all` }, options);
  }

  /** Everything that was written after the last one that came through. */
  openingOf({ params, lastEventId }: FeedCall): FeedOpened {
    const lines = this.log.since(lastEventId ?? '0');
    const messages = lines.map(({ sequence, data }) => messageOf(sequence, data));
    return { opening: { channels: [params.board!], position: this.head, messages } };
  }

  toldOf({ event: { position, data } }: FeedTelling): FeedTold {
    const { board } = data as Line;
    return { messages: [{ ...messageOf(position, data), channels: board === undefined ? 'all' : [board] }] };
  }

  private respond<Request>(subject: string, answer: (request: Request) => Promise<object>): void {
    this.bus.respond(subject, 'boards', async ({ text }) =>
      JSON.stringify(await answer(JSON.parse(text) as Request)),
    );
  }
}

const messageOf = (id: string, data: object) => ({
  ...{ id, event: 'line' },
  data: JSON.stringify((data as Line).text),
});
