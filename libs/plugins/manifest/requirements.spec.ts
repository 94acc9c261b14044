import { describe, expect, it } from '@jest/globals';
import { cycleOf, dependentsOf, neighboursOf, requirementsOf, unknownEvents } from './requirements.ts';

const manifest = (id: string, ...requires: string[]) => ({ id, requires });

/** Elderly care stands on residents and alerts, alerts on notices, and notices on residents. */
const neighbourhood = [
  manifest('elderly-care', 'alerts', 'residents'),
  manifest('alerts', 'notices'),
  manifest('notices', 'residents'),
  manifest('residents'),
  manifest('tickets'),
];

describe('what a plugin requires', () => {
  it('is named in an order in which it can be enabled', () => {
    expect(requirementsOf('elderly-care', neighbourhood)).toEqual(['residents', 'notices', 'alerts']);
    expect(requirementsOf('residents', neighbourhood)).toEqual([]);
  });

  it('is named also where nobody announced it', () => {
    expect(requirementsOf('meals', [manifest('meals', 'canteen')])).toEqual(['canteen']);
  });

  it('has to stay: who depends on it is named in an order in which it can be disabled', () => {
    expect(dependentsOf('residents', neighbourhood)).toEqual(['elderly-care', 'alerts', 'notices']);
    expect(dependentsOf('tickets', neighbourhood)).toEqual([]);
  });

  it('ends where it goes round', () => {
    const round = [manifest('a', 'b'), manifest('b', 'a')];
    expect(requirementsOf('a', round)).toEqual(['b']);
    expect(dependentsOf('a', round)).toEqual(['b']);
  });
});

describe('a cycle', () => {
  it('is named by the shortest way round', () => {
    const closing = manifest('residents', 'elderly-care');
    const others = neighbourhood.filter(({ id }) => id !== 'residents');
    expect(cycleOf(others, closing)).toEqual(['residents', 'elderly-care', 'residents']);
    expect(cycleOf(neighbourhood, closing)).toEqual(['residents', 'elderly-care', 'residents']);
    const alone = [manifest('a', 'b'), manifest('b', 'c')];
    expect(cycleOf(alone, manifest('c', 'a'))).toEqual(['c', 'a', 'b', 'c']);
  });

  it('is none where each way ends, or goes round without the plugin', () => {
    for (const each of neighbourhood) expect(cycleOf(neighbourhood, each)).toBeUndefined();
    expect(cycleOf([manifest('a', 'b'), manifest('b', 'a')], manifest('c', 'a'))).toBeUndefined();
  });
});

describe('the events that a plugin follows', () => {
  const devices = { id: 'devices', publishes: ['SmokeDetected'] };

  it('are unknown where their publisher is known, and publishes none of that name', () => {
    const consumes = ['devices.SmokeDetected', 'devices.FloodDetected', 'weather.StormWarned'];
    expect(unknownEvents({ consumes }, [devices])).toEqual(['devices.FloodDetected']);
    expect(unknownEvents({ consumes }, [])).toEqual([]);
  });

  it('make their publishers its neighbours, each once', () => {
    const consumes = ['devices.SmokeDetected', 'devices.SmokeCleared', 'weather.StormWarned'];
    expect(neighboursOf({ consumes })).toEqual(['devices', 'weather']);
  });
});
