import { afterEach, describe, expect, it } from '@jest/globals';
import { eventStreamVariables, StartupError } from './environment.ts';

describe('the variables of the event stream', () => {
  afterEach(() => {
    delete process.env.WEINAO_JETSTREAM;
    delete process.env.WEINAO_JETSTREAM_DAYS;
  });

  it.each([
    [{}, { isOn: false, maxAgeDays: 30 }],
    [{ WEINAO_JETSTREAM: '' }, { isOn: false, maxAgeDays: 30 }],
    [{ WEINAO_JETSTREAM: 'off' }, { isOn: false, maxAgeDays: 30 }],
    [{ WEINAO_JETSTREAM: 'on' }, { isOn: true, maxAgeDays: 30 }],
    [
      { WEINAO_JETSTREAM: 'on', WEINAO_JETSTREAM_DAYS: '0' },
      { isOn: true, maxAgeDays: 0 },
    ],
  ])('%o mean %o', (environment, meaning) => {
    Object.assign(process.env, environment);
    expect(eventStreamVariables()).toEqual(meaning);
  });

  it.each([
    [{ WEINAO_JETSTREAM: 'yes' }, 'WEINAO_JETSTREAM must be on or off, and is "yes"'],
    [
      { WEINAO_JETSTREAM_DAYS: '-1' },
      'WEINAO_JETSTREAM_DAYS must be a number of days up to 36500, and is "-1"',
    ],
    [
      { WEINAO_JETSTREAM_DAYS: '1e9' },
      'WEINAO_JETSTREAM_DAYS must be a number of days up to 36500, and is "1e9"',
    ],
    [
      { WEINAO_JETSTREAM_DAYS: '99999' },
      'WEINAO_JETSTREAM_DAYS must be a number of days up to 36500, and is "99999"',
    ],
  ])('%o are refused in a sentence', (environment, sentence) => {
    Object.assign(process.env, environment);
    expect(() => eventStreamVariables()).toThrow(new StartupError(sentence));
  });
});
