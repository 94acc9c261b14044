/** Streams that a subscriber leaves out since an event of theirs could not be handled; `subscriber` is its checkpoint's name. */
export const parkingSchema = (schema: string): string => `
  create table if not exists ${schema}.parked (
    subscriber text not null,
    stream     text not null,
    position   bigint not null,
    event_id   uuid not null,
    error      text not null,
    tries      integer not null,
    since      timestamptz not null default now(),
    primary key (subscriber, stream)
  );
`;
