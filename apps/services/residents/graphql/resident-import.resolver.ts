import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { derivedId } from '@weinao/events';
import {
  BadUserInput,
  Commands,
  ImportReport,
  Permission,
  PluginClock,
  PluginRequest,
} from '@weinao/plugins';
import { ImportResidentsArgs } from './resident.inputs.ts';
import { readResidents } from './resident.csv.ts';
import type { ResidentLine } from './resident.csv.ts';
import { residentDecider } from '../domain/resident.decider.ts';

/** How many lines are under way at once. */
const AT_ONCE = 200;

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
    const created: boolean[] = [];
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      const some = lines.slice(from, from + AT_ONCE);
      created.push(...(await Promise.all(some.map((line) => this.importLine(line, importId, request)))));
    }
    const newcomers = created.filter(Boolean).length;
    return { created: newcomers, updated: lines.length - newcomers };
  }

  /** Repeated after a crash half-way, it goes on where it was: each line is a command of its own. @returns whether it is somebody new */
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
