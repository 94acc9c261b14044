import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { PLUGIN_SERVICE } from './plugin-service.ts';
import type { PluginService } from './plugin-service.ts';
import { PluginRequest } from './plugin-request.ts';
import { assertShown } from './shown.ts';
import { checkSettings, DIRECTORY_DEADLINE_MS, settingsIn } from './settings.ts';
import type { Settings } from '../directory/directory.events.ts';
import { CodedError } from '../graphql/coded-error.ts';
import { permissionsOf } from '../manifest/plugin-manifest.ts';
import type {
  SettingsReply,
  SettingsRequest,
  SubgraphReply,
  SubgraphRequest,
} from '../wire/subgraph.protocol.ts';

/** What every plugin service answers on the bus. */
@Controller()
export class SubgraphController {
  constructor(@Inject(PLUGIN_SERVICE) private readonly service: PluginService) {}

  @MessagePattern('gql.{plugin}')
  async execute(@Payload() request: SubgraphRequest): Promise<SubgraphReply> {
    const subgraph = this.service.subgraphs.get(request.door);
    if (!subgraph)
      return refusal('NOT_FOUND', `${this.service.plugin.manifest.id} serves nothing at this door.`);
    try {
      const context = await this.contextOf(request);
      if (request.position !== undefined) await assertShown(this.service, request.position);
      const result = await subgraph.execute(request, context);
      return context.position > 0n ? { result, position: context.position.toString() } : { result };
    } catch (error) {
      if (error instanceof CodedError) return { result: { errors: [error.toJSON()] } };
      throw error;
    }
  }

  @MessagePattern('plugin.{plugin}.settings')
  checkSettings(@Payload() { settings }: SettingsRequest): SettingsReply {
    return checkSettings(this.service.plugin, settings);
  }

  @MessagePattern('plugin.{plugin}.ping')
  ping(): { version: string } {
    return { version: this.service.plugin.manifest.version };
  }

  private async contextOf(request: SubgraphRequest): Promise<PluginRequest> {
    const { manifest } = this.service.plugin;
    return new PluginRequest({
      ...request,
      permissions: permissionsOf(manifest, request.viewer.roles),
      settings: await this.settingsFor(request),
    });
  }

  private async settingsFor(request: SubgraphRequest): Promise<Settings> {
    if (request.door === 'community') return settingsIn(this.service, request);
    await this.service.directory.reached(BigInt(request.directoryPosition), DIRECTORY_DEADLINE_MS);
    return {};
  }
}

const refusal = (code: string, message: string): SubgraphReply => ({
  result: { errors: [{ message, extensions: { code } }] },
});
