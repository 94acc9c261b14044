import { Column } from 'typeorm';

/** A point in time: `timestamptz` in the database, ISO 8601 UTC text in the row, as projections fold it. */
export const InstantColumn = ({ nullable = false } = {}): PropertyDecorator =>
  Column('timestamptz', {
    nullable,
    transformer: {
      from: (stored: Date | null) => stored?.toISOString() ?? null,
      to: (text: unknown) => text, // a text, or one of TypeORM's find operators around it
    },
  });
