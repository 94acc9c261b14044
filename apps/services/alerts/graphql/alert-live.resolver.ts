import { Resolver } from '@nestjs/graphql';
import { heldByTheGateway, Live, Permission } from '@weinao/plugins';
import { AlertType } from './alert.type.ts';
import { manifest } from '../manifest.ts';

@Resolver()
export class AlertLiveResolver {
  @Live(() => AlertType, {
    follows: manifest.publishes,
    query: 'alert',
    argument: 'id',
    id: ':stream.:ordinal',
  })
  @Permission('alerts.read')
  alertChanged(): AlertType {
    return heldByTheGateway();
  }
}
