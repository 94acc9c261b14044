import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly help: boolean;
  readonly list: boolean;
  readonly only: RegExp;
  readonly rounds: number;
  /** Of the full size of each turn. */
  readonly share: number;
  /** A file for machines. */
  readonly json: string | undefined;
  readonly record: boolean;
}

/** Its message is all that the person at the terminal needs. */
export class WrongArguments extends Error {}

export const USAGE = `npm run bench [-- options]

Measures the event kernel beside its limits and peers, on servers of its own; about 12 minutes.

  --only PATTERN   only the cells whose name matches the regular expression
  --list           names the cells
  --rounds N       measured rounds of each cell, from 1; 5 unless told otherwise
  --json FILE      writes [{"name","value","unit","limit","ratio","goal"}] for machines
  --record         writes the table into docs/benchmarks.md; needs all cells in at least 5 full rounds
  --quick          2 rounds of a tenth of the size, to try things out: not for the record
  --help           this text

A goal that is missed is reported and is no error; a cell that fails ends the program with 1.`;

const FULL_ROUNDS = 5;

/** @throws WrongArguments */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const values = parsed(args);
  const quick = values.quick ?? false;
  const rounds = Number(values.rounds ?? (quick ? 2 : FULL_ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) throw new WrongArguments('--rounds takes a number from 1.');
  const record = values.record ?? false;
  if (record && (quick || rounds < FULL_ROUNDS || values.only !== undefined)) {
    throw new WrongArguments(`--record needs all cells in at least ${FULL_ROUNDS} rounds of full size.`);
  }
  return {
    help: values.help ?? false,
    list: values.list ?? false,
    only: pattern(values.only ?? ''),
    rounds,
    share: quick ? 0.1 : 1,
    json: values.json,
    record,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        list: { type: 'boolean' },
        only: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
        record: { type: 'boolean' },
        quick: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new WrongArguments((error as Error).message);
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new WrongArguments(`--only takes a regular expression, which "${text}" is not.`);
  }
}
