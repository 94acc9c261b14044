import { BadUserInput, problemsOf } from '@weinao/plugins';
import type { Problem } from '@weinao/plugins';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { parse } from 'csv-parse/sync';
import { notBornYet, RegisterResidentInput } from './resident.inputs.ts';
import type { ResidentDetails } from '../domain/resident.events.ts';

export interface ResidentLine {
  /** Of the CSV, where the record ends; from 1. */
  readonly number: number;
  readonly id: string | null;
  /** By the columns that there are. */
  readonly details: Partial<ResidentDetails> & Pick<ResidentDetails, 'name'>;
}

type Cells = Readonly<Record<string, string>>;

const MOST_LINES = 5_000;

const COLUMNS: Readonly<Record<string, string>> = {
  编号: 'id',
  姓名: 'name',
  出生日期: 'birthDate',
  电话: 'phone',
  楼栋: 'building',
  单元: 'unit',
  房号: 'room',
  独居: 'livesAlone',
  标签: 'tags',
};
const FIELDS = Object.values(COLUMNS);

const YES_AND_NO: Readonly<Record<string, boolean>> = {
  true: true,
  是: true,
  '1': true,
  false: false,
  否: false,
  '0': false,
};

/** Every line with what is wrong with it. @throws BadUserInput for what is no CSV of residents at all */
export function readResidents(
  csv: string,
  today: string,
): { readonly lines: readonly ResidentLine[]; readonly problems: readonly Problem[] } {
  const records = recordsOf(csv);
  const problems: Problem[] = [];
  const numbers = new Map<string, number>();
  const lines = records.map(({ record, info: { lines: number } }) => {
    const input = plainToInstance(RegisterResidentInput, valuesOf(record));
    const found = problemsOf(validateSync(input));
    if (input.birthDate && found.length === 0 && input.birthDate > today) found.push(notBornYet('birthDate'));
    if (input.id && numbers.has(input.id)) found.push(twice('id', numbers.get(input.id)!));
    if (input.id) numbers.set(input.id, number);
    problems.push(...found.map((problem) => ({ ...problem, path: `line ${number}, ${problem.path}` })));
    const { id, ...details } = input;
    return { number, id: id ?? null, details: withoutGaps(details) as ResidentLine['details'] };
  });
  return { lines, problems };
}

/** A column that there is not says nothing; an empty cell says that there is nothing. */
const withoutGaps = (details: object): object =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));

const twice = (path: string, line: number): Problem => ({
  path,
  rule: 'unique',
  message: `${path} stands in line ${line} already`,
});

function recordsOf(csv: string): { record: Cells; info: { lines: number } }[] {
  const options = { bom: true, info: true, trim: true, skip_empty_lines: true, columns: fieldsOf } as const;
  let records: { record: Cells; info: { lines: number } }[];
  try {
    records = parse(csv, options) as unknown as typeof records;
  } catch (error) {
    if (error instanceof BadUserInput) throw error;
    throw noCsv((error as Error).message);
  }
  if (records.length === 0) throw noCsv('There is no line below the header line');
  if (records.length > MOST_LINES) throw noCsv(`There are more than ${MOST_LINES} lines`);
  return records;
}

const noCsv = (message: string): BadUserInput => new BadUserInput([{ path: 'csv', rule: 'csv', message }]);

function fieldsOf(header: readonly string[]): string[] {
  const fields = header.map((name) => COLUMNS[name] ?? name);
  const unknown = fields.filter((field, at) => !FIELDS.includes(field) || fields.indexOf(field) !== at);
  if (unknown.length > 0)
    throw noCsv(`These columns are unknown or stand there twice: ${unknown.join(', ').slice(0, 200)}`);
  if (!fields.includes('name')) throw noCsv('There is no column name (姓名)');
  return fields;
}

/** An empty cell is null. */
function valuesOf(record: Cells): Record<string, unknown> {
  const values = Object.entries(record).map(([field, text]) => {
    if (field === 'tags')
      return [
        field,
        text
          .split(/[;；、|]/)
          .map((tag) => tag.trim())
          .filter(Boolean),
      ];
    if (field === 'livesAlone') return [field, text === '' ? null : (YES_AND_NO[text.toLowerCase()] ?? text)];
    return [field, text === '' && field !== 'name' ? null : text];
  });
  return Object.fromEntries(values) as Record<string, unknown>;
}
