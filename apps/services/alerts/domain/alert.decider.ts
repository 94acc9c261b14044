import { reject } from '@weinao/events';
import type { Decider, DecisionContext } from '@weinao/events';
import type { AlertCommand, Signal } from './alert.commands.ts';
import type { AlertEvent } from './alert.events.ts';
import type { AlertRules } from './alert.rules.ts';
import { evolvePlace, isOpen, quietPlace } from './alert.state.ts';
import type { AlertState, PlaceState } from './alert.state.ts';

type Context = DecisionContext<AlertRules>;

/** The alerts of one place and kind: raised → escalated, as long as nobody comes → acknowledged → resolved. */
export const alertDecider: Decider<PlaceState, AlertCommand, AlertEvent, AlertRules> = {
  category: 'alert-place',
  initial: quietPlace,
  evolve: evolvePlace,
  snapshots: { version: 1 },

  decide(command, state, context) {
    switch (command.type) {
      case 'SignalPlace':
        return signal(command, state, context);
      case 'SignalSilentDevice':
        return context.settings.alertOnSilentDevices ? signal(command, state, context) : [];
      case 'AcknowledgeAlert':
        return acknowledge(alertOf(state, command.ordinal), context.actor.id);
      case 'ResolveAlert': {
        const alert = alertOf(state, command.ordinal);
        if (!isOpen(alert))
          reject('ALERT_ALREADY_RESOLVED', 'The alert is over already.', { status: alert.status });
        return [resolved(alert.ordinal, command)];
      }
      case 'EscalateAlert':
        return escalate(command.step, alertOf(state, command.ordinal), context);
      case 'ClearPlace':
        return state.alerts.filter(isOpen).map(({ ordinal }) => resolved(ordinal, command));
    }
  },
};

function signal(
  command: Signal & { readonly type: string },
  { alerts, raised }: PlaceState,
  context: Context,
): AlertEvent[] {
  const { type: _type, at = context.now, ...description } = command;
  const { settings, now } = context;
  const earlier = at < now ? { at } : {};
  const known = alerts.findLast((alert) => isOpen(alert) && isOfOneAlert(alert, at, settings));
  if (known) {
    const { ordinal } = known;
    return [{ type: 'AlertSignalled', data: { ordinal, sourceId: description.sourceId }, ...earlier }];
  }
  const escalatesAt = nextEscalation(0, context);
  const data = { ordinal: raised + 1, ...description, escalatesAt };
  return [{ type: 'AlertRaised', data, ...earlier }];
}

/** Near enough to what was signalled before; signals may come out of their order. */
function isOfOneAlert(
  { raisedAt, lastSignalAt }: AlertState,
  at: string,
  { windowSeconds }: AlertRules,
): boolean {
  const moment = Date.parse(at);
  const window = windowSeconds * 1_000;
  return moment >= Date.parse(raisedAt) - window && moment <= Date.parse(lastSignalAt) + window;
}

function acknowledge(alert: AlertState, by: string): AlertEvent[] {
  const { ordinal, status, acknowledgedBy, acknowledgedAt } = alert;
  const present = { status, acknowledgedBy, acknowledgedAt };
  if (!isOpen(alert)) reject('ALERT_ALREADY_RESOLVED', 'The alert is over already.', present);
  if (status === 'ACKNOWLEDGED')
    reject('ALERT_ALREADY_ACKNOWLEDGED', `${acknowledgedBy} has acknowledged the alert already.`, present);
  return [{ type: 'AlertAcknowledged', data: { ordinal, by } }];
}

/** The timer may come after somebody did, or twice. */
function escalate(
  step: number,
  { ordinal, status, escalations }: AlertState,
  context: Context,
): AlertEvent[] {
  const isAwaited = (status === 'RAISED' || status === 'ESCALATED') && step === escalations + 1;
  if (!isAwaited) return [];
  return [{ type: 'AlertEscalated', data: { ordinal, step, escalatesAt: nextEscalation(step, context) } }];
}

function nextEscalation(step: number, { now, settings }: Context): string | null {
  if (step >= settings.escalationSteps) return null;
  return new Date(Date.parse(now) + settings.escalateAfterSeconds * 1_000).toISOString();
}

const resolved = (
  ordinal: number,
  { outcome, note }: Extract<AlertCommand, { type: 'ResolveAlert' | 'ClearPlace' }>,
): AlertEvent => ({ type: 'AlertResolved', data: { ordinal, outcome, note } });

function alertOf({ alerts }: PlaceState, ordinal: number): AlertState {
  const alert = alerts.find((one) => one.ordinal === ordinal);
  return alert ?? reject('NOT_FOUND', 'There is no such alert here, or it was over long ago.');
}
