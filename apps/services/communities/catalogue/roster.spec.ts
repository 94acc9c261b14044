import { beforeEach, describe, expect, it } from '@jest/globals';
import { Roster } from './roster.ts';

const digest = 'a'.repeat(64);
let now: number;
let roster: Roster;

const here = (replica: string, more: object = {}): string =>
  JSON.stringify({ plugin: 'wishes', replica, version: '1.0.0', digest, ...more });
const running = (): string[] => roster.running().map(({ plugin, replica }) => `${plugin} ${replica}`);

/** The replicas say that they are there, as they do twice a second. */
function pass(ms: number, ...replicas: readonly string[]): void {
  for (const end = now + ms; now < end; now += 500) for (const one of replicas) roster.hear(here(one));
}

beforeEach(() => {
  now = 1_000;
  roster = new Roster(() => now);
});

describe('the roster of running replicas', () => {
  it('has who is heard of, in order, and each once', () => {
    pass(1_000, 'r-2', 'r-1');
    expect(running()).toEqual(['wishes r-1', 'wishes r-2']);
    expect(roster.runningOf('wishes')[0]).toEqual({
      plugin: 'wishes',
      replica: 'r-1',
      version: '1.0.0',
      digest,
    });
    expect(roster.runningOf('tickets')).toEqual([]);
  });

  it('forgets who leaves at once, and who falls silent after two seconds', () => {
    pass(500, 'r-1', 'r-2');
    roster.hear(JSON.stringify({ plugin: 'wishes', replica: 'r-2', leaving: true }));
    expect(running()).toEqual(['wishes r-1']);
    now += 1_500;
    expect(running()).toEqual(['wishes r-1']);
    now += 1;
    expect(running()).toEqual([]);
  });

  it('knows everybody only when it has listened for two seconds, and again when it was deaf itself', () => {
    pass(1_500, 'r-1');
    expect(roster.isSettled).toBe(false);
    pass(1_000, 'r-1');
    expect(roster.isSettled).toBe(true);
    now += 5_000;
    expect(roster.isSettled).toBe(false);
    pass(1_000, 'r-1');
    expect(roster.isSettled).toBe(false);
    pass(1_500, 'r-1');
    expect(roster.isSettled).toBe(true);
  });

  it.each([
    'no JSON',
    'null',
    '[]',
    here('r-1', { plugin: 'a.b' }),
    here('r-1', { digest: 'short' }),
    here('r-1', { version: 7 }),
    here('r 1'),
    here('r'.repeat(81)),
  ])('does not hear %s', (text) => {
    roster.hear(text);
    expect(running()).toEqual([]);
  });

  it('holds 10,000 replicas, and makes room where some are gone', () => {
    for (let one = 0; one < 10_001; one++) roster.hear(here(`r-${one}`));
    expect(roster.running()).toHaveLength(10_000);
    now += 2_001;
    roster.hear(here('newcomer'));
    expect(running()).toEqual(['wishes newcomer']);
  });
});
