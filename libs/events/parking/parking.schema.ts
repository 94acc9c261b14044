/** Streams that a subscriber passes over, because an event of theirs could not be handled. */
export const parkingSchema = (schema: string): string => `
  create table if not exists ${schema}.parked (
    subscriber text not null,
    stream     text not null,
    position   bigint not null,
    event_id   uuid not null,
    error      text not null,
    tries      integer not null default 1,
    since      timestamptz not null default clock_timestamp(),
    primary key (subscriber, stream)
  );
`;
