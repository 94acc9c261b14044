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
    unique (stream, revision)
  );

  -- One row: whoever holds it is the only one that appends, so positions have no gaps and follow the commits.
  create table if not exists ${schema}.head (
    only_row boolean primary key default true check (only_row),
    position bigint not null
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
 * Appends a batch of requests; each is judged alone. Two statements on purpose: the second one's snapshot is taken
 * after the head row is locked, so it sees whatever the lock's last holder committed.
 */
const appendFunction = (schema: string): string => `
  create or replace function ${schema}.append_events(
    r_stream text[], r_community text[], r_expected integer[], r_command uuid[], r_fingerprint text[],
    e_request integer[], e_id uuid[], e_type text[], e_version smallint[], e_at timestamptz[], e_data text[], e_metadata text[]
  ) returns table (request integer, outcome text, first_position bigint,
                   known_stream text, known_revision integer, known_fingerprint text)
  language plpgsql as $body$
  #variable_conflict use_column
  declare
    head_position bigint;
  begin
    select position into strict head_position from ${schema}.head for update;

    return query
    with requests as (
      select r.*, ordinality::integer as request
      from unnest(r_stream, r_community, r_expected, r_command, r_fingerprint)
        with ordinality as r (stream, community, expected, command, fingerprint, ordinality)
    ), judged as (
      select r.*, c.stream as known_stream, c.revision as known_revision, c.fingerprint as known_fingerprint,
        case
          when c.id is not null then 'repeated'
          when r.expected <> coalesce((select max(e.revision) from ${schema}.events e where e.stream = r.stream), -1)
            then 'conflict'
          else 'appended'
        end as outcome
      from requests r left join ${schema}.commands c on c.id = r.command
    ), placed as (
      select e.*, j.stream, j.community,
        j.expected + row_number() over (partition by e.request order by e.ordinality) as revision,
        head_position + row_number() over (order by e.ordinality) as position
      from unnest(e_request, e_id, e_type, e_version, e_at, e_data, e_metadata)
        with ordinality as e (request, id, type, version, at, data, metadata, ordinality)
      join judged j on j.request = e.request and j.outcome = 'appended'
    ), written as (
      insert into ${schema}.events (position, id, stream, revision, community, type, schema_version, at, data, metadata)
      select position, id, stream, revision, community, type, version, at, data::json, metadata::json from placed
    ), remembered as (
      insert into ${schema}.commands (id, stream, revision, fingerprint)
      select j.command, j.stream, j.expected + (select count(*) from placed p where p.request = j.request), j.fingerprint
      from judged j where j.outcome = 'appended'
    ), moved as (
      update ${schema}.head set position = head_position + (select count(*) from placed)
    )
    select j.request, j.outcome, (select min(p.position) from placed p where p.request = j.request),
      j.known_stream, j.known_revision, j.known_fingerprint
    from judged j;
  end
  $body$;
`;

export const logSchema = (schema: string): string => logTables(schema) + appendFunction(schema);
