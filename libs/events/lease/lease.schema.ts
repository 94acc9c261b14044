/** Who does what only one process may do, and until when. */
export const leaseSchema = (schema: string): string => `
  create table if not exists ${schema}.leases (
    name         text primary key,
    holder       text not null,
    holder_pid   integer not null,
    holder_start timestamptz not null,
    until        timestamptz not null
  );
`;
