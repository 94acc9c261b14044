import { Injectable } from '@nestjs/common';
import { MachineToken, PluginClock } from '@weinao/plugins';
import type { EdgeAnswer, EdgeHandler, EdgeRequest } from '@weinao/plugins';
import { shown } from './screen.messages.ts';
import { NoticeReader } from '../read/notice.reader.ts';
import { ScreenReader } from '../read/screen.reader.ts';

/** `GET screens/:screen/playlist`: what is valid with the times at which it ends, for a screen that may lose its line. */
@Injectable()
export class PlaylistEdge implements EdgeHandler {
  constructor(
    private readonly screens: ScreenReader,
    private readonly notices: NoticeReader,
    private readonly clock: PluginClock,
  ) {}

  async handle({ communityId, params, token }: EdgeRequest): Promise<EdgeAnswer> {
    const id = params.screen!;
    const screen = await this.screens.byId(communityId, id);
    MachineToken.check(token, screen?.tokenHash);
    const generatedAt = this.clock.now();
    await this.screens.saw(communityId, [id], generatedAt);
    const { value } = await this.notices.forScreen(screen!, generatedAt, null);
    const notices = value.valid.map(shown);
    const body = {
      generatedAt,
      takeover: notices.findLast(({ urgent }) => urgent) ?? null,
      notices: notices.filter(({ urgent }) => !urgent),
    };
    return { status: 200, body, headers: { 'cache-control': 'no-store' } };
  }
}
