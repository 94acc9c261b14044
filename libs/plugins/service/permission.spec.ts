import { describe, expect, it } from '@jest/globals';
import { InProcessBus } from '@weinao/events';
import { Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { assertPermissions, Permission } from './permission.ts';
import { startService } from './start-service.ts';
import { definePlugin } from '../plugin.ts';
import type { PluginDefinition } from '../plugin.ts';

const pluginWith = (...resolvers: (new () => object)[]) =>
  definePlugin({
    manifest: {
      id: 'wishes',
      name: { zh: '微心愿', en: 'Wishes' },
      version: '1.0.0',
      requires: [],
      publishes: [],
      consumes: [],
      permissions: [{ id: 'read', name: { zh: '查看', en: 'See' }, roles: ['resident'] }],
    },
    projections: [],
    migrations: [],
    readers: [],
    resolvers: { community: resolvers },
  } satisfies PluginDefinition);

@Resolver()
class GoodResolver {
  @Query(() => String)
  @Permission('wishes.read')
  wish(): string {
    return '一盆花';
  }

  @ResolveField(() => String)
  fieldsNeedNone(): string {
    return '';
  }

  neitherDoesWhatIsNoOperation(): void {}
}

@Resolver()
class OpenResolver {
  @Mutation(() => String)
  grantWish(): string {
    return '';
  }
}

@Resolver()
class UndeclaredResolver {
  @Query(() => String)
  @Permission('wishes.grant')
  wishes(): string {
    return '';
  }
}

@Resolver()
class ForeignResolver {
  @Query(() => String)
  @Permission('tickets.read')
  tickets(): string {
    return '';
  }
}

describe('a plugin that starts', () => {
  it('has a declared permission for each operation', () => {
    expect(() => assertPermissions(pluginWith(GoodResolver))).not.toThrow();
  });

  it('does not start where an operation names none', () => {
    expect(() => assertPermissions(pluginWith(GoodResolver, OpenResolver))).toThrow(
      'OpenResolver.grantWish names no permission',
    );
  });

  it('does not start where an operation of a class above names none', () => {
    @Resolver()
    class InheritingResolver extends OpenResolver {}
    expect(() => assertPermissions(pluginWith(InheritingResolver))).toThrow(
      'InheritingResolver.grantWish names no permission',
    );
  });

  it('does not start with a permission that its manifest does not declare, or of another plugin', () => {
    expect(() => assertPermissions(pluginWith(UndeclaredResolver))).toThrow(
      'UndeclaredResolver.wishes needs wishes.grant, which the manifest of wishes does not declare',
    );
    expect(() => assertPermissions(pluginWith(ForeignResolver))).toThrow(
      'ForeignResolver.tickets needs tickets.read',
    );
  });

  it('is refused before it touches a database', async () => {
    const starting = startService(pluginWith(OpenResolver), {
      databaseUrl: 'postgresql://nobody@nowhere.invalid/none',
      bus: new InProcessBus(() => undefined),
      clock: () => new Date(),
      report: () => undefined,
    });
    await expect(starting).rejects.toThrow('names no permission');
  });
});
