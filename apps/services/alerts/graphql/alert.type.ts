import { Directive, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, DateTimeScalar, enumType, Location } from '@weinao/plugins';
import type { AlertKind, AlertLocation, AlertOutcome, Severity } from '../domain/alert.events.ts';
import type { AlertStatus } from '../read/alert.row.ts';

export const AlertKindEnum = enumType<AlertKind>('AlertKind', [
  'SMOKE',
  'NO_SIGN_OF_LIFE',
  'DEVICE_OFFLINE',
  'CROWD',
  'OTHER',
]);

export const AlertStatusEnum = enumType<AlertStatus>('AlertStatus', [
  'RAISED',
  'ACKNOWLEDGED',
  'ESCALATED',
  'RESOLVED',
  'FALSE_ALARM',
]);

export const AlertOutcomeEnum = enumType<AlertOutcome>('AlertOutcome', ['RESOLVED', 'FALSE_ALARM']);

export const SeverityEnum = enumType<Severity>('Severity', ['EXTREME', 'SEVERE', 'MODERATE', 'MINOR']);

@ObjectType('Alert', {
  description:
    'Signals of one place and kind within the settings’ window are one alert (signals counts them).',
})
@Directive('@key(fields: "id")')
export class AlertType {
  @Field(() => ID)
  id: string;

  @Field(() => AlertKindEnum)
  kind: AlertKind;

  @Field()
  title: string;

  @Field(() => SeverityEnum)
  severity: Severity;

  @Field(() => AlertStatusEnum)
  status: AlertStatus;

  @Field(() => Boolean)
  drill: boolean;

  @Field(() => Location, { nullable: true })
  location: AlertLocation | null;

  @Field(() => ID, { nullable: true, description: 'The device or resident that it comes from' })
  sourceId: string | null;

  @Field(() => Int)
  signals: number;

  @Field(() => DateTimeScalar)
  raisedAt: string;

  @Field(() => DateTimeScalar, { nullable: true })
  acknowledgedAt: string | null;

  @Field(() => ID, { nullable: true })
  acknowledgedBy: string | null;

  @Field(() => Int)
  escalations: number;

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt: string | null;

  @Field(() => String, { nullable: true })
  note: string | null;
}

@ObjectType('AlertConnection')
export class AlertConnectionType extends connectionOf(AlertType) {}
