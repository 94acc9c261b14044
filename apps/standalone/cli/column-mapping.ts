import { DateTime } from 'luxon';
import { StartupError } from '@weinao/plugins';

/** How one field of a row is made from the columns of a line. */
export type FieldMapping =
  /** The column's text. */
  | string
  /** The same for every line. */
  | { readonly value: unknown }
  /** The texts of several columns, those that have one. */
  | { readonly columns: readonly string[]; readonly join: string }
  | {
      readonly column: string;
      /** What the column's texts mean; a text that is not named here is a problem of its line. */
      readonly values?: Readonly<Record<string, unknown>>;
      /** `instant`: a local time in the mapping's format and zone. */
      readonly as?: 'number' | 'instant';
    };

export interface ColumnMapping {
  /** Names the system that the file comes from. */
  readonly source: string;
  /** Of times in the file, such as Asia/Shanghai. */
  readonly timeZone?: string;
  /** Of times in the file, in Luxon's tokens, such as `yyyy-MM-dd HH:mm:ss`. */
  readonly dateFormat?: string;
  /** By field; a dotted name such as `location.building` is nested. */
  readonly fields: Readonly<Record<string, FieldMapping>>;
}

export type CsvLine = Readonly<Record<string, string>>;

/** @throws StartupError with the first thing that is wrong */
export function parseMapping(text: string, columns: readonly string[]): ColumnMapping {
  const mapping = jsonOf(text) as ColumnMapping;
  if (typeof mapping?.source !== 'string' || typeof mapping.fields !== 'object' || mapping.fields === null) {
    throw new StartupError('The mapping needs "source" and "fields".');
  }
  for (const [field, from] of Object.entries(mapping.fields)) {
    if (!isFieldMapping(from)) {
      throw new StartupError(`The mapping of ${field} needs a column, "column", "columns" or "value".`);
    }
    const part = Object.keys(mapping.fields).find((other) => other.startsWith(`${field}.`));
    if (part !== undefined)
      throw new StartupError(`The mapping has both ${field} and ${part}; keep one of them.`);
    const missing = columnsOf(from).find((column) => !columns.includes(column));
    if (missing !== undefined) {
      throw new StartupError(
        `The mapping takes ${field} from a column "${missing}" that the file does not have.`,
      );
    }
    const dated = typeof from === 'object' && 'column' in from && from.as === 'instant';
    if (dated && !(mapping.dateFormat && DateTime.local({ zone: mapping.timeZone ?? '' }).isValid)) {
      throw new StartupError(`The mapping of ${field} needs "dateFormat" and a valid "timeZone".`);
    }
  }
  return mapping;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartupError(`The mapping is not JSON: ${(error as Error).message}`);
  }
}

function isFieldMapping(from: unknown): boolean {
  if (typeof from === 'string') return true;
  if (typeof from !== 'object' || from === null) return false;
  const { column, columns } = from as { column?: unknown; columns?: unknown };
  return typeof column === 'string' || Array.isArray(columns) || 'value' in from;
}

function columnsOf(from: FieldMapping): readonly string[] {
  if (typeof from === 'string') return [from];
  if ('columns' in from) return from.columns;
  return 'column' in from ? [from.column] : [];
}

/** A line as the row that the plugin imports. What cannot be read stays as it is, for the plugin to name. */
export function mapLine(mapping: ColumnMapping, line: CsvLine): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [field, from] of Object.entries(mapping.fields)) {
    const value = fieldValue(mapping, from, line);
    if (value !== undefined && value !== '') setNested(row, field.split('.'), value);
  }
  return row;
}

function fieldValue(mapping: ColumnMapping, from: FieldMapping, line: CsvLine): unknown {
  if (typeof from === 'string') return line[from]?.trim();
  if ('value' in from) return from.value;
  if ('columns' in from) {
    const texts = from.columns.map((column) => line[column]?.trim() ?? '');
    return texts.filter((text) => text !== '').join(from.join);
  }
  const text = line[from.column]?.trim() ?? '';
  if (text === '') return undefined;
  if (from.values) return Object.hasOwn(from.values, text) ? from.values[text] : text;
  if (from.as === 'number') return Number.isNaN(Number(text)) ? text : Number(text);
  return from.as === 'instant' ? instant(mapping, text) : text;
}

function instant({ dateFormat, timeZone }: ColumnMapping, text: string): string {
  const time = DateTime.fromFormat(text, dateFormat!, { zone: timeZone, locale: 'en' });
  return time.isValid ? time.toUTC().toISO() : text;
}

function setNested(row: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (name === undefined) return;
  if (rest.length === 0) {
    row[name] = value;
    return;
  }
  const inner = (row[name] ??= {}) as Record<string, unknown>;
  setNested(inner, rest, value);
}
