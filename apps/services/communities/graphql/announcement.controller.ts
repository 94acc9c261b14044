import { Controller } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { AnnounceReply, AnnounceRequest } from '@weinao/plugins';
import { Catalogue } from '../catalogue/catalogue.ts';

/** Hears the announcements of services. */
@Controller()
export class AnnouncementController {
  constructor(private readonly catalogue: Catalogue) {}

  @MessagePattern('plugin.announce')
  announce(@Payload() request: AnnounceRequest): Promise<AnnounceReply> {
    return this.catalogue.answer(request);
  }
}
