import { describe, expect, it } from '@jest/globals';
import { parseBenchArguments, WrongArguments } from './arguments.ts';

describe('the arguments of the bench', () => {
  it('mean every cell in five rounds of full size, unless more is said', () => {
    const { only, rounds, share, json, record } = parseBenchArguments([]);
    expect({ rounds, share, json, record }).toEqual({ rounds: 5, share: 1, json: undefined, record: false });
    expect(only.test('whatever')).toBe(true);
  });

  it('choose cells, rounds and a file for machines', () => {
    const { only, rounds, json } = parseBenchArguments([
      '--only',
      'append, (1|16)',
      '--rounds',
      '7',
      '--json',
      'out',
    ]);
    expect(['append, 16 callers', 'append, 256 callers'].map((name) => only.test(name))).toEqual([
      true,
      false,
    ]);
    expect({ rounds, json }).toEqual({ rounds: 7, json: 'out' });
  });

  it('make a quick run a small one', () => {
    expect(parseBenchArguments(['--quick'])).toMatchObject({ rounds: 2, share: 0.1 });
  });

  it.each([
    [['--rounds', '0'], '--rounds takes a number from 1'],
    [['--rounds', 'many'], '--rounds takes a number from 1'],
    [['--only', '('], '--only takes a regular expression'],
    [['--fast'], '--fast'],
    [['append'], 'append'],
    [['--record', '--quick'], 'at least 5 rounds of full size'],
    [['--record', '--rounds', '4'], 'at least 5 rounds'],
    [['--record', '--only', 'append'], 'all cells'],
  ])('refuse %j', (args, complaint) => {
    expect(() => parseBenchArguments(args)).toThrow(WrongArguments);
    expect(() => parseBenchArguments(args)).toThrow(complaint);
  });
});
