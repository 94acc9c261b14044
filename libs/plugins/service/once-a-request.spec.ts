import { describe, expect, it } from '@jest/globals';
import { onceARequest } from './once-a-request.ts';
import { PluginRequest } from './plugin-request.ts';

const request = (): PluginRequest =>
  new PluginRequest({
    door: 'community',
    communityId: 'osmanthus-court',
    viewer: { id: 'resident-lin', roles: ['resident'], communityId: 'osmanthus-court' },
    permissions: [],
    settings: {},
    correlationId: 'a-request',
  });

describe('what is made once a request', () => {
  it('is the same at every use in the request, nothing too, and another one in the next', () => {
    let made = 0;
    const numberOf = onceARequest(() => (made++ === 0 ? undefined : made));
    const [first, second] = [request(), request()];
    expect([numberOf(first), numberOf(first), numberOf(second), numberOf(second)]).toEqual([
      undefined,
      undefined,
      2,
      2,
    ]);
  });
});
