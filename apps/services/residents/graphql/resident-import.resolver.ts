import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { derivedId } from '@weinao/events';
import {
  BadUserInput,
  Commands,
  importAll,
  ImportReport,
  Permission,
  PluginClock,
  PluginRequest,
} from '@weinao/plugins';
import { ImportResidentsArgs } from './resident.inputs.ts';
import { readResidents } from './resident.csv.ts';
import type { ResidentLine } from './resident.csv.ts';
import { residentDecider } from '../domain/resident.decider.ts';

@Resolver()
export class ResidentImportResolver {
  constructor(
    private readonly commands: Commands,
    private readonly clock: PluginClock,
  ) {}

  @Mutation(() => ImportReport, {
    description:
      'CSV with a header line; every bad line is named and nothing is imported unless all are good. Who is known by the id is amended by the columns that there are.',
  })
  @Permission('residents.import')
  async importResidents(
    @Args() { csv }: ImportResidentsArgs,
    @Context() request: PluginRequest,
  ): Promise<ImportReport> {
    const { lines, problems } = readResidents(csv, this.clock.day(request.communityId));
    if (problems.length > 0) throw new BadUserInput(problems);
    const importId = request.nextCommand().commandId;
    return importAll(lines, (line) => this.importLine(line, importId, request));
  }

  /** @returns whether it is somebody new */
  private async importLine(line: ResidentLine, importId: string, request: PluginRequest): Promise<boolean> {
    const commandId = derivedId('import', importId, line.number);
    const { history } = await this.commands.execute(
      residentDecider,
      { type: 'ImportResident', details: line.details },
      request,
      { id: line.id ?? commandId, commandId },
    );
    return history.some(
      ({ type, metadata }) => type === 'ResidentRegistered' && metadata.commandId === commandId,
    );
  }
}
