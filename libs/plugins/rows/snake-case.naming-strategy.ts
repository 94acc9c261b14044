import { columnName } from '@weinao/events';
import { DefaultNamingStrategy } from 'typeorm';

/** The columns as projections write them. */
export class SnakeCaseNamingStrategy extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? columnName(propertyName);
  }
}
