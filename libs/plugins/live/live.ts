import { SetMetadata } from '@nestjs/common';
import { Subscription } from '@nestjs/graphql';
import type { ReturnTypeFunc } from '@nestjs/graphql';
import { permissionOf } from '../service/permission.ts';
import type { Plugin } from '../plugin.ts';
import type { AnnouncedLive } from '../wire/subgraph.protocol.ts';

export type LiveOptions = Pick<AnnouncedLive, 'follows' | 'query' | 'argument' | 'id'> & {
  readonly description?: string;
};

const LIVE = 'weinao:live';

/**
 * A subscription that tells of a thing whenever one of the plugin's own events changes it. The gateway holds the
 * connections, and asks the plugin's `query` for the thing as it is by then; the method itself is never called.
 */
export const Live =
  (type: ReturnTypeFunc, { description, ...options }: LiveOptions): MethodDecorator =>
  (target, name, descriptor) => {
    Subscription(type, { description })(target, name, descriptor);
    SetMetadata(LIVE, options)(target, name, descriptor);
  };

/** What the method of a `@Live` field does. @throws Error */
export function heldByTheGateway(): never {
  throw new Error('A service holds no streams: subscriptions are the gateway’s.');
}

/** The live fields of a plugin. @throws Error for one that follows what the plugin does not publish */
export function liveFieldsOf({ manifest, resolvers }: Plugin): AnnouncedLive[] {
  return (resolvers.community ?? []).flatMap((resolver) => {
    const prototype = resolver.prototype as Record<string, object>;
    return Object.getOwnPropertyNames(prototype).flatMap((field) => {
      const options = Reflect.getMetadata(LIVE, prototype[field]!) as LiveOptions | undefined;
      if (!options) return [];
      const foreign = options.follows.find((event) => !manifest.publishes.includes(event));
      if (foreign !== undefined)
        throw new Error(`${field} follows ${foreign}, which the manifest does not publish`);
      return [{ field, permission: permissionOf(prototype[field]!)!, ...options }];
    });
  });
}
