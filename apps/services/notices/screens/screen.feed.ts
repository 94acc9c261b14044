import { Injectable } from '@nestjs/common';
import { idOfStream } from '@weinao/events';
import { MachineToken, PluginClock } from '@weinao/plugins';
import type {
  FeedEvent,
  FeedHandler,
  FeedOpening,
  FeedRequest,
  PathParams,
  ToldMessage,
} from '@weinao/plugins';
import { beginning, channelOf, ending } from './screen.messages.ts';
import { NoticeReader } from '../read/notice.reader.ts';
import { ScreenReader } from '../read/screen.reader.ts';

const POSITION = /^\d{1,18}$/;

/** `GET screens/:screen/feed`: what is valid, then `notice`, `withdraw`, `takeover` and `release` as they come. */
@Injectable()
export class ScreenFeed implements FeedHandler {
  constructor(
    private readonly screens: ScreenReader,
    private readonly notices: NoticeReader,
    private readonly clock: PluginClock,
  ) {}

  /** Who was away is told what ended since, and what began and is still valid; who was not, what is valid. */
  async open({ communityId, params, token, lastEventId }: FeedRequest): Promise<FeedOpening> {
    const id = params.screen!;
    const screen = await this.screens.byId(communityId, id);
    MachineToken.check(token, screen?.tokenHash);
    await this.seen(communityId, [params]);
    const since = lastEventId !== null && POSITION.test(lastEventId) ? lastEventId : null;
    const { position, value } = await this.notices.forScreen(screen!, this.clock.now(), since);
    // a log that is shorter than what the screen knows is another one: it begins anew
    const known = since !== null && BigInt(since) <= BigInt(position) ? BigInt(since) : 0n;
    const fresh = value.valid.filter(({ publishedPosition }) => BigInt(publishedPosition!) > known);
    const [takeovers, others] = [fresh.filter(({ urgent }) => urgent), fresh.filter(({ urgent }) => !urgent)];
    const messages = [...value.ended.map(ending), ...[...others, ...takeovers].map(beginning)];
    return {
      channels: screen!.building === null ? [] : [channelOf(screen!.building)],
      position,
      // only with the last one does it know everything up to the position
      messages: messages.map((message, index) => ({
        ...message,
        id: index === messages.length - 1 ? position : known.toString(),
      })),
    };
  }

  async tell({ type, stream, position, communityId }: FeedEvent): Promise<readonly ToldMessage[]> {
    const notice = await this.notices.byId({ communityId, publishedOnly: true }, idOfStream(stream));
    if (!notice?.onScreens) return [];
    const { buildings } = notice.audience;
    const message = type === 'NoticePublished' ? beginning(notice) : ending(notice);
    return [
      { ...message, id: position, channels: buildings.length === 0 ? 'all' : buildings.map(channelOf) },
    ];
  }

  seen(communityId: string, connections: readonly PathParams[]): Promise<void> {
    const ids = connections.map(({ screen }) => screen!);
    return this.screens.saw(communityId, ids, this.clock.now());
  }
}
