/**
 * The hash chain of a log: an event's link is the SHA-256 of the link before it and of its digest, and the digest that of
 * everything that is stored of it. Its numbers have fixed lengths, and the lengths of its texts go before them, so no two
 * events have the same bytes. `timestamptz_send` counts microseconds in UTC, whatever the session's time zone is.
 * `chain.digest.ts` does the same in Node, by itself.
 */
export const chainFunctions = (schema: string): string => `
  create or replace function ${schema}.event_digest(
    place bigint, id uuid, stream text, revision integer, community text, type text, schema_version smallint,
    at timestamptz, data text, metadata text
  ) returns bytea language sql stable parallel safe
  return sha256(
    int8send(place) || uuid_send(id) || int4send(revision) || int2send(schema_version) || timestamptz_send(at)
    || int4send(octet_length(stream)) || int4send(octet_length(community)) || int4send(octet_length(type))
    || int4send(octet_length(data)) || int4send(octet_length(metadata))
    || convert_to(stream || community || type || data || metadata, 'UTF8')
  );

  create or replace function ${schema}.next_link(link bytea, first_before bytea, digest bytea) returns bytea
  language plpgsql immutable parallel safe as $body$
  begin
    return sha256(coalesce(link, first_before) || digest);
  end
  $body$;

  -- the links of digests that follow on the link "first_before", as a window in the order of their positions
  create or replace aggregate ${schema}.chain(first_before bytea, digest bytea) (
    sfunc = ${schema}.next_link, stype = bytea, parallel = safe
  );
`;

/** Gives links to a log that was written before there were any; later it finds nothing to do. */
export const chainUpgrade = (schema: string): string => `
  do $body$
  begin
    if exists (
      select from pg_attribute
      where attrelid = '${schema.replaceAll("'", "''")}.events'::regclass and attname = 'link' and not attisdropped
    ) then
      return;
    end if;
    alter table ${schema}.head add column link bytea not null default decode(repeat('00', 32), 'hex');
    alter table ${schema}.events add column link bytea;
    update ${schema}.events e set link = c.link
      from (
        select o.position, ${schema}.chain(h.link, ${schema}.event_digest(
            o.position, o.id, o.stream, o.revision, o.community, o.type, o.schema_version, o.at,
            o.data::text, o.metadata::text
          )) over (order by o.position) as link
        from ${schema}.events o, ${schema}.head h
      ) c
      where c.position = e.position;
    alter table ${schema}.events alter column link set not null;
    update ${schema}.head h set link = e.link from ${schema}.events e where e.position = h.position;
  end
  $body$;

  -- the function of that time, which knew no links
  drop function if exists ${schema}.append_events(
    text[], text[], integer[], uuid[], text[], integer[], uuid[], text[], smallint[], timestamptz[], text[], text[]
  );
`;
