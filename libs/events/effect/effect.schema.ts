/** What is to be done outside, and what became of it. Rows stay: they are why a rebuild does nothing twice. */
export const effectSchema = (schema: string): string => `
  create table if not exists ${schema}.effects (
    name      text not null,
    community text not null,
    key       text not null,
    event_id  uuid not null,
    kind      text not null,
    payload   json not null,
    state     text not null default 'pending' check (state in ('pending', 'done', 'dead')),
    tries     integer not null default 0,
    next_try  timestamptz not null,
    error     text,
    primary key (key, community, name)
  );
  create index if not exists effects_next_try on ${schema}.effects (next_try, name) where state = 'pending';
`;
