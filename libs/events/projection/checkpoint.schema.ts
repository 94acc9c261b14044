/** How far each projection, reaction and publication has come; in PostgreSQL, whichever log is behind. */
export const checkpointSchema = (schema: string): string => `
  create table if not exists ${schema}.checkpoints (
    name     text primary key,
    version  integer not null,
    position bigint not null
  );
`;
