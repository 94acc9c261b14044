/**
 * What waits to be due, by the log; and when it is tried, which is later than due where firing failed. The key comes first
 * in the primary key, so that no planner that has not counted the rows yet takes that index to look for the next one.
 */
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
    primary key (key, community, name)
  );
  create index if not exists timers_next_try on ${schema}.timers (next_try, community, name);
`;
