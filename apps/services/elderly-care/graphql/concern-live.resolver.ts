import { Resolver } from '@nestjs/graphql';
import { heldByTheGateway, Live, Permission } from '@weinao/plugins';
import { WatchType } from './watch.type.ts';

@Resolver()
export class ConcernLiveResolver {
  @Live(() => WatchType, {
    follows: ['ConcernRaised'],
    query: 'watch',
    argument: 'residentId',
    id: ':stream',
  })
  @Permission('elderly-care.read')
  concernRaised(): WatchType {
    return heldByTheGateway();
  }
}
