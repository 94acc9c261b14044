import { chainFunctions, chainUpgrade } from './chain.schema.ts';

/** The log: events, their head, and the commands that led to them. */
const logTables = (schema: string): string => `
  create table if not exists ${schema}.events (
    position       bigint primary key,
    id             uuid not null,
    stream         text not null,
    revision       integer not null,
    community      text not null,
    type           text not null,
    schema_version smallint not null,
    at             timestamptz not null,
    data           json not null,
    metadata       json not null,
    link           bytea not null,
    unique (stream, revision)
  );

  -- One row: whoever holds it is the only one that appends, so positions have no gaps and follow the commits.
  create table if not exists ${schema}.head (
    only_row boolean primary key default true check (only_row),
    position bigint not null,
    link     bytea not null default decode(repeat('00', 32), 'hex')
  );
  insert into ${schema}.head (position) values (0) on conflict do nothing;

  create table if not exists ${schema}.commands (
    id          uuid primary key,
    stream      text not null,
    revision    integer not null,
    fingerprint text not null
  );
`;

/**
 * Appends a batch of requests (r_…) and their events (e_…, in the order of the requests), and judges each request alone.
 * The lock is taken by a statement of its own: the snapshots of those after it see whatever its last holder committed.
 *
 * Each connection makes the plans once: planning anew for every length of a batch takes longer than a small batch itself.
 * Many are made while the tables are as good as empty, so sequential scans are off, and versions and commands are looked
 * up by scalar subselects, for which there is nothing but the indexes.
 *
 * @returns the position before the batch, and the refused requests, each with what is known of its command where that
 *   was done before; else its stream has moved. The events of the others have the following positions, without gaps.
 */
const appendFunction = (schema: string): string => `
  create or replace function ${schema}.append_events(
    r_stream text[], r_community text[], r_expected integer[], r_command uuid[], r_fingerprint text[], r_events integer[],
    e_request integer[], e_id uuid[], e_type text[], e_version smallint[], e_at timestamptz[], e_data text[], e_metadata text[]
  ) returns table (position_before bigint, refused json)
  language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $body$
  #variable_conflict use_column
  declare
    last ${schema}.head%rowtype;
    passed boolean[];
    place bigint := 0;
    to_position bigint[];  -- by request: what turns an event's place in the batch into its position,
    to_revision integer[]; -- and into its revision
  begin
    select * into strict last from ${schema}.head for update;
    position_before := last.position;

    passed := array(
      select (select c.revision from ${schema}.commands c where c.id = r.command) is null
        and r.expected = coalesce((select max(e.revision) from ${schema}.events e where e.stream = r.stream), -1)
      from unnest(r_stream, r_expected, r_command) with ordinality as r (stream, expected, command, request)
      order by r.request
    );
    for request in 1 .. cardinality(passed) loop
      if passed[request] then
        to_position[request] := last.position - place;
        to_revision[request] := r_expected[request] - place;
        last.position := last.position + r_events[request];
      end if;
      place := place + r_events[request];
    end loop;

    if last.position > position_before then
      insert into ${schema}.events
        (position, id, stream, revision, community, type, schema_version, at, data, metadata, link)
      select position, id, stream, revision, community, type, version, at, data::json, metadata::json,
        ${schema}.chain(last.link, ${schema}.event_digest(
          position, id, stream, revision, community, type, version, at, data, metadata
        )) over (order by position)
      from (
        select e.place + to_position[e.request] as position, e.place::integer + to_revision[e.request] as revision,
          r_stream[e.request] as stream, r_community[e.request] as community, e.*
        from unnest(e_request, e_id, e_type, e_version, e_at, e_data, e_metadata)
          with ordinality as e (request, id, type, version, at, data, metadata, place)
        where passed[e.request]
      ) placed;
      update ${schema}.head
        set position = last.position, link = (select e.link from ${schema}.events e where e.position = last.position);
    end if;

    insert into ${schema}.commands (id, stream, revision, fingerprint)
    select r.command, r.stream, r.expected + r.events, r.fingerprint
    from unnest(r_stream, r_expected, r_command, r_fingerprint, r_events)
      with ordinality as r (stream, expected, command, fingerprint, events, request)
    where passed[r.request];

    if not true = all (passed) then
      refused := (
        select json_agg(json_build_object('request', r.request, 'known', (
            select json_build_object('stream', c.stream, 'revision', c.revision, 'fingerprint', c.fingerprint)
            from ${schema}.commands c where c.id = r.command
          )))
        from unnest(r_command) with ordinality as r (command, request)
        where not passed[r.request]
      );
    end if;
    return next;
  end
  $body$;
`;

export const logSchema = (schema: string): string =>
  [logTables, chainFunctions, chainUpgrade, appendFunction].map((part) => part(schema)).join('');
