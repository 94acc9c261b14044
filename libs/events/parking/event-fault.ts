import type { DatabaseError } from 'pg';
import type { Recorded } from '../event.ts';

/** An event that cannot be handled, whoever tries and however often: its own fault, or that of the code for it. */
export class EventFault extends Error {
  override readonly name = 'EventFault';

  constructor(
    readonly event: Recorded,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** SQLSTATE classes that blame the values of a statement: data exception, integrity, program limit exceeded. */
const BLAMES_VALUES = new Set(['22', '23', '54']);

/** Did the database refuse what an event led to? An outage, a lack of space or a missing table is nobody's value. */
export const isRefusal = (error: unknown): boolean =>
  BLAMES_VALUES.has(((error as Partial<DatabaseError> | undefined)?.code ?? '').slice(0, 2));

/** May the stream be parked for it? */
export const isFault = (error: unknown): boolean => error instanceof EventFault || isRefusal(error);
