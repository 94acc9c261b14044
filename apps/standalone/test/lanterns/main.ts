import { Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { definePlugin, Permission, runService } from '@weinao/plugins';

const { VERSION = '1.0.0', ORIGIN = 'example.org/lanterns', CLASHES } = process.env;

/** A lantern of the festival. */
@ObjectType('Lantern')
class LanternType {
  @Field()
  colour: string;
}

/** A type that tickets has otherwise. */
@ObjectType('Ticket')
class TicketType {
  @Field()
  colour: string;
}

@Resolver()
class LanternResolver {
  @Query(() => LanternType, { nullable: true })
  @Permission('lanterns.read')
  lantern(): LanternType {
    return { colour: 'red' };
  }

  @Query(() => String, { description: 'Which version answers' })
  @Permission('lanterns.read')
  lanternVersion(): string {
    return VERSION;
  }
}

@Resolver()
class NewerResolver {
  @Query(() => String, { description: 'Since version 1.1.0' })
  @Permission('lanterns.read')
  lanternShape(): string {
    return 'round';
  }
}

@Resolver()
class ClashingResolver {
  @Query(() => TicketType)
  @Permission('lanterns.read')
  lanternTicket(): TicketType {
    return { colour: 'red' };
  }
}

const newer = VERSION === '1.0.0' ? [] : [NewerResolver];
const clashing = CLASHES === undefined ? [] : [ClashingResolver];

await runService(
  definePlugin({
    manifest: {
      id: 'lanterns',
      name: { zh: '灯笼', en: 'Lanterns' },
      version: VERSION,
      origin: ORIGIN,
      requires: [],
      publishes: [],
      consumes: [],
      permissions: [{ id: 'read', name: { zh: '查看灯笼', en: 'See lanterns' }, roles: ['resident'] }],
    },
    projections: [],
    migrations: [],
    readers: [],
    resolvers: { community: [LanternResolver, ...newer, ...clashing] },
  }),
);
