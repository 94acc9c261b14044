import { Controller, Inject } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { EdgeAnswer, EdgeHandler, HttpEdge } from './edge.ts';
import { EdgeRequest } from './machine-request.ts';
import { JSON_TYPE, refusalOf } from './refusals.ts';
import { CodedError, notFound } from '../graphql/coded-error.ts';
import { PLUGIN_SERVICE } from '../service/plugin-service.ts';
import type { PluginService } from '../service/plugin-service.ts';
import { settingsIn } from '../service/settings.ts';
import { edgeKey } from '../wire/edge.protocol.ts';
import type { EdgeCall, EdgeReply } from '../wire/edge.protocol.ts';

/** Hands a call to the handler of its edge. */
@Controller()
export class EdgeController {
  constructor(
    @Inject(PLUGIN_SERVICE) private readonly service: PluginService,
    private readonly modules: ModuleRef,
  ) {}

  @MessagePattern('edge.{plugin}')
  async answer(@Payload() call: EdgeCall): Promise<EdgeReply> {
    const { plugin, report } = this.service;
    try {
      const edge = plugin.edges?.find((one) => edgeKey(one) === call.edge);
      if (!edge) throw notFound('edge', call.edge);
      const settings = await settingsIn(this.service, call);
      assertContentType(edge, call);
      const handler = this.modules.get<EdgeHandler>(edge.handler, { strict: false });
      return replyOf(await handler.handle(new EdgeRequest(call, settings, plugin.manifest)));
    } catch (error) {
      return refusalOf(error, call.edge, report);
    }
  }
}

function assertContentType({ contentTypes }: HttpEdge, { contentType }: EdgeCall): void {
  const given = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  if (!contentTypes || contentTypes.includes(given)) return;
  throw new CodedError('UNSUPPORTED_MEDIA_TYPE', `The body must be ${contentTypes.join(' or ')}.`);
}

function replyOf({
  status,
  body,
  contentType = 'text/plain; charset=utf-8',
  headers,
}: EdgeAnswer): EdgeReply {
  if (typeof body === 'string') return { status, contentType, headers, body };
  return { status, contentType: JSON_TYPE, headers, body: JSON.stringify(body) };
}
