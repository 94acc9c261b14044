import type { Bus } from '@weinao/events';

export interface MadeUpEvent {
  readonly type: string;
  readonly data: object;
  /** `<category>/<community>/<id>` */
  readonly stream: string;
}

export interface WriteOptions {
  readonly community?: string;
  /** False as when the bus loses the message. */
  readonly heard?: boolean;
}

const A_PAGE = 500;

/** The log of a made-up plugin, as the gateway follows it. */
export class MadeUpLog {
  private readonly events: { readonly sequence: string; readonly data: object }[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly plugin: string,
  ) {
    bus.respond(`log.${plugin}.read`, plugin, ({ text }) => {
      const { after } = JSON.parse(text) as { after: string };
      return Promise.resolve(JSON.stringify({ events: this.since(after).slice(0, A_PAGE), head: this.head }));
    });
  }

  get head(): string {
    return String(this.events.length);
  }

  since(position: string): readonly { readonly sequence: string; readonly data: object }[] {
    return this.events.filter(({ sequence }) => Number(sequence) > Number(position));
  }

  write({ type, data, stream }: MadeUpEvent, options: WriteOptions = {}): void {
    const { community = 'osmanthus-court', heard = true } = options;
    const event = {
      id: `${this.plugin}-${this.events.length + 1}`,
      type: `${this.plugin}.${type}`,
      subject: stream,
      time: '2026-11-24T18:30:00.000Z',
      data,
      communityid: community,
      correlationid: 'made-up',
      sequence: String(this.events.length + 1),
      previous: this.head,
    };
    this.events.push(event);
    if (heard) this.bus.publish(`evt.${community}.${this.plugin}.happened`, JSON.stringify(event));
  }
}
