/** States of long streams, so that not all their events are read again; a cache in PostgreSQL, whichever log is behind. */
export const snapshotSchema = (schema: string): string => `
  create table if not exists ${schema}.snapshots (
    stream   text primary key,
    version  integer not null,
    revision integer not null,
    event_id uuid not null,
    state    json not null,
    digest   text not null
  );
`;
