import { describe, expect, it } from '@jest/globals';
import { PluginRequest } from './plugin-request.ts';
import type { PluginRequestOptions } from './plugin-request.ts';

const lin = { id: 'resident-lin', roles: ['resident'], communityId: 'osmanthus-court' } as const;

const request = (changes: Partial<PluginRequestOptions> = {}): PluginRequest =>
  new PluginRequest({
    door: 'community',
    communityId: 'osmanthus-court',
    viewer: lin,
    permissions: ['tickets.read'],
    settings: {},
    correlationId: 'a-request',
    ...changes,
  });

const idsOf = (of: PluginRequest): string[] => [of.nextCommand().commandId, of.nextCommand().commandId];

describe('the commands of a request', () => {
  it('are the same when it comes again with its key, each by its turn', () => {
    const keyed = { idempotencyKey: 'lin-1' };
    const first = idsOf(request(keyed));
    expect(idsOf(request(keyed))).toEqual(first);
    expect(new Set(first).size).toBe(2);
    expect(request(keyed).nextCommand().repeatable).toBe(true);
  });

  it('are others for another key, person or community', () => {
    const asked = [
      request({ idempotencyKey: 'lin-1' }),
      request({ idempotencyKey: 'lin-2' }),
      request({ idempotencyKey: 'lin-1', viewer: { ...lin, id: 'resident-zhao' } }),
      request({ idempotencyKey: 'lin-1', communityId: 'willow-bank' }),
      request({ idempotencyKey: 'lin-1', communityId: null, door: 'platform' }),
      request({ idempotencyKey: '' }),
    ];
    expect(new Set(asked.flatMap(idsOf)).size).toBe(12);
  });

  it('are new each time without a key', () => {
    expect(new Set([...idsOf(request()), ...idsOf(request())]).size).toBe(4);
    expect(request().nextCommand().repeatable).toBe(false);
  });
});

describe('what a request may do', () => {
  it('is what its permissions say', () => {
    expect(request().may('tickets.read')).toBe(true);
    expect(() => request().require('tickets.read')).not.toThrow();
    expect(() => request().require('tickets.assign')).toThrow(
      expect.objectContaining({ extensions: { code: 'FORBIDDEN' } }),
    );
    expect(request().actor).toEqual({ id: 'resident-lin', permissions: ['tickets.read'] });
  });
});

describe('where a request stands in the log', () => {
  it('is the furthest that it wrote', () => {
    const writing = request();
    expect(writing.position).toBe(0n);
    for (const position of [3n, 9n, 7n]) writing.wrote(position);
    expect(writing.position).toBe(9n);
  });

  it('is outside of every community at the platform’s door', () => {
    expect(request({ communityId: null }).communityId).toBe('platform');
  });
});
