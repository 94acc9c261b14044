import { Controller, Inject } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { FeedHandler } from './feed.ts';
import { FeedRequest } from './machine-request.ts';
import { refusalOf } from './refusals.ts';
import { notFound } from '../graphql/coded-error.ts';
import { isDatabaseOutage } from '../service/database-outage.ts';
import { PLUGIN_SERVICE } from '../service/plugin-service.ts';
import type { PluginService } from '../service/plugin-service.ts';
import { assertShown, isShown } from '../service/shown.ts';
import { settingsIn } from '../service/settings.ts';
import type { FeedCall, FeedOpened, FeedPresence, FeedTelling, FeedTold } from '../wire/edge.protocol.ts';

/** Asks the handlers of feeds in a gateway's name. */
@Controller()
export class FeedController {
  constructor(
    @Inject(PLUGIN_SERVICE) private readonly service: PluginService,
    private readonly modules: ModuleRef,
  ) {}

  @MessagePattern('feed.{plugin}.open')
  async open(@Payload() call: FeedCall): Promise<FeedOpened> {
    const { plugin, report } = this.service;
    try {
      const handler = this.handlerOf(call.feed);
      if (!handler) throw notFound('feed', call.feed);
      const settings = await settingsIn(this.service, call);
      await assertShown(this.service, call.position);
      return { opening: await handler.open(new FeedRequest(call, settings, plugin.manifest)) };
    } catch (error) {
      return { refusal: refusalOf(error, call.feed, report) };
    }
  }

  @MessagePattern('feed.{plugin}.tell')
  async tell(@Payload() { feed, event }: FeedTelling): Promise<FeedTold> {
    if (!(await isShown(this.service, event.position))) return {};
    try {
      return { messages: (await this.handlerOf(feed)?.tell(event)) ?? [] };
    } catch (error) {
      if (isDatabaseOutage(error as Error)) return {};
      throw error;
    }
  }

  async seen({ feed, communityId, connections }: FeedPresence): Promise<void> {
    try {
      await this.handlerOf(feed)?.seen?.(communityId, connections);
    } catch (error) {
      this.service.report(`${feed} did not take who is connected`, error);
    }
  }

  private handlerOf(path: string): FeedHandler | undefined {
    const feed = this.service.plugin.feeds?.find((one) => one.path === path);
    return feed && this.modules.get<FeedHandler>(feed.handler, { strict: false });
  }
}
