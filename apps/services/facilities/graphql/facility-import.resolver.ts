import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { derivedId } from '@weinao/events';
import { BadUserInput, Commands, importAll, ImportReport, Permission, PluginRequest } from '@weinao/plugins';
import { readFacilities } from './facility.geojson.ts';
import type { ImportedFacility } from './facility.geojson.ts';
import { ImportFacilitiesArgs } from './facility.inputs.ts';
import { facilityDecider } from '../domain/facility.decider.ts';
import { FacilityReader } from '../read/facility.reader.ts';

@Resolver()
export class FacilityImportResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: FacilityReader,
  ) {}

  @Mutation(() => ImportReport, {
    description:
      'GeoJSON FeatureCollection (RFC 7946); OSM tags such as emergency=fire_hydrant are understood. All or nothing, with the feature of what is wrong. What is known by its id is amended.',
  })
  @Permission('facilities.manage')
  async importFacilities(
    @Args() { geojson }: ImportFacilitiesArgs,
    @Context() request: PluginRequest,
  ): Promise<ImportReport> {
    const middle = await this.reader.middleOf(request.communityId);
    const { facilities, problems } = readFacilities(geojson, middle);
    if (problems.length > 0) throw new BadUserInput(problems);
    const importId = request.nextCommand().commandId;
    return importAll(facilities, (facility) => this.importOne(facility, importId, request));
  }

  /** @returns whether it is new */
  private async importOne(
    { id, details }: ImportedFacility,
    importId: string,
    request: PluginRequest,
  ): Promise<boolean> {
    const commandId = derivedId('import', importId, id);
    const command = { type: 'ImportFacility', details } as const;
    const { history } = await this.commands.execute(facilityDecider, command, request, { id, commandId });
    return history.some(
      ({ type, metadata }) => type === 'FacilityRegistered' && metadata.commandId === commandId,
    );
  }
}
