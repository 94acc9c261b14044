import { describe, expect, it, jest } from '@jest/globals';
import { fingerprint } from '@weinao/events';
import type { Bus } from '@weinao/events';
import { Presence } from './presence.ts';
import type { Announcement } from '../wire/subgraph.protocol.ts';

const announcement = { manifest: { id: 'wishes', version: '1.0.0' }, sdl: {} } as unknown as Announcement;

describe('the presence of a replica', () => {
  it('is said at once and every half second, and its leaving once', () => {
    jest.useFakeTimers();
    const said: unknown[] = [];
    const publish = (subject: string, text: string): void => void said.push([subject, JSON.parse(text)]);
    const presence = new Presence({ publish } as unknown as Bus, 'r-1');
    presence.start(announcement);
    jest.advanceTimersByTime(1_000);
    presence.stop();
    jest.advanceTimersByTime(5_000);
    jest.useRealTimers();
    const digest = fingerprint({ sdl: {}, manifest: { version: '1.0.0', id: 'wishes' } });
    const here = ['plugin.here', { plugin: 'wishes', replica: 'r-1', version: '1.0.0', digest }];
    const leaving = ['plugin.here', { plugin: 'wishes', replica: 'r-1', leaving: true }];
    expect(said).toEqual([here, here, here, leaving]);
  });

  it('of one that never started is no word', () => {
    const said: string[] = [];
    new Presence({ publish: (subject: string) => said.push(subject) } as unknown as Bus, 'r-1').stop();
    expect(said).toEqual([]);
  });
});
