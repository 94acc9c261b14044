import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Commands, notFound, Permission, PluginRequest } from '@weinao/plugins';
import { AlertArgs, RaiseAlertInput, ResolveAlertArgs } from './alert.inputs.ts';
import { AlertType } from './alert.type.ts';
import type { AlertCommand } from '../domain/alert.commands.ts';
import { alertDecider } from '../domain/alert.decider.ts';
import type { AlertKind, Severity } from '../domain/alert.events.ts';
import type { PlaceState } from '../domain/alert.state.ts';
import { alertId, parseAlertId, placeKey } from '../domain/place.ts';

const USUAL_SEVERITY: Readonly<Record<AlertKind, Severity>> = {
  SMOKE: 'EXTREME',
  NO_SIGN_OF_LIFE: 'SEVERE',
  CROWD: 'SEVERE',
  OTHER: 'MODERATE',
  DEVICE_OFFLINE: 'MINOR',
};

@Resolver()
export class AlertMutationsResolver {
  constructor(private readonly commands: Commands) {}

  @Mutation(() => AlertType)
  @Permission('alerts.raise')
  async raiseAlert(
    @Args('input') input: RaiseAlertInput,
    @Context() request: PluginRequest,
  ): Promise<AlertType> {
    const { kind, title, location = null, severity, drill } = input;
    const about = { kind, drill: drill ?? false, location, sourceId: null };
    const command: AlertCommand = {
      type: 'SignalPlace',
      ...about,
      title,
      severity: severity ?? USUAL_SEVERITY[kind],
    };
    const { id, state } = await this.commands.execute(alertDecider, command, request, {
      id: placeKey(about),
    });
    return view(id, state, state.signalled);
  }

  @Mutation(() => AlertType)
  @Permission('alerts.respond')
  acknowledgeAlert(@Args() { id }: AlertArgs, @Context() request: PluginRequest): Promise<AlertType> {
    return this.execute(id, request, (ordinal) => ({ type: 'AcknowledgeAlert', ordinal }));
  }

  @Mutation(() => AlertType)
  @Permission('alerts.respond')
  resolveAlert(
    @Args() { id, outcome, note = null }: ResolveAlertArgs,
    @Context() request: PluginRequest,
  ): Promise<AlertType> {
    return this.execute(id, request, (ordinal) => ({ type: 'ResolveAlert', ordinal, outcome, note }));
  }

  /** Answers with the alert as the command left it, also when the same command comes again later. */
  private async execute(
    id: string,
    request: PluginRequest,
    commandFor: (ordinal: number) => AlertCommand,
  ): Promise<AlertType> {
    const alert = parseAlertId(id);
    if (!alert) throw notFound('alert', id);
    const command = commandFor(alert.ordinal);
    const { state } = await this.commands.execute(alertDecider, command, request, { id: alert.place });
    return view(alert.place, state, alert.ordinal);
  }
}

function view(place: string, { alerts }: PlaceState, ordinal: number): AlertType {
  return { ...alerts.find((alert) => alert.ordinal === ordinal)!, id: alertId(place, ordinal) };
}
