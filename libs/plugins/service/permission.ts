import { Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { MetadataScanner, Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { PluginRequest } from './plugin-request.ts';
import type { Plugin } from '../plugin.ts';

const PERMISSION = 'weinao:permission';
/** Where Nest keeps whether a method is a Query, a Mutation or a Subscription. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const OPERATIONS = ['Query', 'Mutation', 'Subscription'];

/** Names the permission, as `<plugin>.<permission>` of the manifest, without which the operation is refused. */
export const Permission = (permission: string): MethodDecorator => SetMetadata(PERMISSION, permission);

@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType<string>() !== 'graphql') return true;
    const permission = this.reflector.get<string | undefined>(PERMISSION, context.getHandler());
    if (permission === undefined) return true; // a field; operations without one fail at boot
    GqlExecutionContext.create(context).getContext<PluginRequest>().require(permission);
    return true;
  }
}

/** Undefined where the method names none. */
export const permissionOf = (method: object): string | undefined =>
  Reflect.getMetadata(PERMISSION, method) as string | undefined;

/** Deny by default. @throws Error when an operation names no permission, or one that the manifest does not declare. */
export function assertPermissions({ manifest, resolvers }: Plugin): void {
  const declared = new Set(manifest.permissions.map(({ id }) => `${manifest.id}.${id}`));
  for (const resolver of Object.values(resolvers).flat()) {
    const prototype = resolver.prototype as Record<string, object>;
    // those of a class above it, too: Nest serves them all
    for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
      const method = prototype[name]!;
      if (!OPERATIONS.includes(Reflect.getMetadata(RESOLVER_TYPE, method) as string)) continue;
      const permission = permissionOf(method);
      if (permission === undefined)
        throw new Error(`${resolver.name}.${name} names no permission: add @Permission('…')`);
      if (!declared.has(permission)) {
        throw new Error(
          `${resolver.name}.${name} needs ${permission}, which the manifest of ${manifest.id} does not declare`,
        );
      }
    }
  }
}
