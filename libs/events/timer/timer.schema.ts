/** What waits to be due, by the log; and when it is tried, which is later than due where firing failed. */
export const timerSchema = (schema: string): string => `
  create table if not exists ${schema}.timers (
    name           text not null,
    community      text not null,
    key            text not null,
    due            timestamptz not null,
    data           json not null,
    set_by         uuid not null,
    correlation_id text not null,
    tries          integer not null default 0,
    next_try       timestamptz not null,
    reported       boolean not null default false,
    primary key (name, community, key)
  );
  create index if not exists timers_next_try on ${schema}.timers (next_try, community);
`;
