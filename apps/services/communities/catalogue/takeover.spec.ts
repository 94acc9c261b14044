import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '@weinao/plugins';
import { whyToWait } from './takeover.ts';

const former = { manifest: { id: 'wishes', version: '1.0.0' } } as Announcement;

/** A roster of replicas of wishes, each as `<version> <digest>`. */
const roster = (running: readonly string[], isSettled = true) => ({
  isSettled,
  runningOf: (plugin: string) =>
    running.map((one, index) => {
      const [version, digest] = one.split(' ') as [string, string];
      return { plugin, replica: `r-${index}`, version, digest };
    }),
});

describe('a newer announcement', () => {
  it('takes over when every replica that runs has it', () => {
    expect(whyToWait(former, 'new', roster(['1.1.0 new', '1.1.0 new']), [])).toBeUndefined();
    expect(whyToWait(former, 'new', roster([]), [])).toBeUndefined();
  });

  it('waits for those that do not, and says which', () => {
    const running = roster(['1.0.0 old', '1.1.0 new', '1.0.0 old']);
    expect(whyToWait(former, 'new', running, [])).toBe(
      '2 replica(s) of wishes 1.0.0 with another announcement still run.',
    );
  });

  it('does not wait for what is refused', () => {
    expect(whyToWait(former, 'new', roster(['1.1.0 new', '9.0.0 bad']), ['bad'])).toBeUndefined();
  });

  it('waits while nobody knows who runs', () => {
    expect(whyToWait(former, 'new', roster(['1.1.0 new'], false), [])).toMatch(/listens first/);
  });
});
