/** What `create table … (like … including all)` leaves out or would share with the copy. $1: the table. */
export const UNCOPYABLE = `
  select format('foreign key %I', conname) as what
  from pg_constraint where contype = 'f' and (conrelid = $1::regclass or confrelid = $1::regclass)
  union all
  select format('trigger %I', tgname) from pg_trigger where tgrelid = $1::regclass and not tgisinternal
  union all
  select format('rule %I', rulename) from pg_rewrite where ev_class = $1::regclass
  union all
  select distinct format('dependent view %s', r.ev_class::regclass)
  from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  where d.refclassid = 'pg_class'::regclass and d.refobjid = $1::regclass and r.ev_class <> $1::regclass
  union all
  select format('inheritance with %s', case when inhrelid = $1::regclass then inhparent else inhrelid end::regclass)
  from pg_inherits where inhrelid = $1::regclass or inhparent = $1::regclass
  union all
  select 'partitions' from pg_class where oid = $1::regclass and relkind = 'p'
  union all
  select format('column %I, which counts by a sequence', a.attname)
  from pg_depend d join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = $1::regclass
    and d.deptype in ('a', 'i') and exists (select from pg_class s where s.oid = d.objid and s.relkind = 'S')
  union all
  select format('publication %I', p.pubname)
  from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = $1::regclass
`;

/** Indexes with what makes them alike, but their names; constraints have an index or are checks. */
const indexes = `
  select i.indrelid as relation, c.relname as name, concat_ws(' ',
      a.amname, i.indisunique, i.indisprimary, i.indisexclusion, i.indnullsnotdistinct, i.indnkeyatts,
      exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x')),
      array(select pg_get_indexdef(c.oid, n, true) from generate_series(1, i.indnatts) n)::text,
      i.indclass::text, i.indcollation::text, i.indoption::text,
      pg_get_expr(i.indpred, i.indrelid, true), c.reloptions::text) as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
  where i.indrelid in ($1::regclass, $2::regclass)
`;

const checks = `
  select conrelid as relation, conname as name, pg_get_constraintdef(oid, true) as definition
  from pg_constraint where contype in ('c', 'n') and conrelid in ($1::regclass, $2::regclass)
`;

/** Two of the same definition are interchangeable, so it does not matter which of them gets which name. */
const paired = (parts: string): string => `
  with parts as (
    select *, row_number() over (partition by relation, definition order by name) as place from (${parts}) p
  )
  select l.name as live, s.name as shadow, coalesce(l.definition, s.definition) as definition
  from (select * from parts where relation = $1::regclass) l
  full join (select * from parts where relation = $2::regclass) s using (definition, place)
`;

/** How the live table ($1) differs from its shadow ($2); no row when they are alike. */
export const ALTERED = `
  select format('column %s', coalesce(l.attname, s.attname)) as what
  from (select * from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped) l
  full join (select * from pg_attribute where attrelid = $2::regclass and attnum > 0 and not attisdropped) s
    on s.attname = l.attname and s.atttypid = l.atttypid and s.atttypmod = l.atttypmod and s.attnotnull = l.attnotnull
      and s.attcollation = l.attcollation
      and pg_get_expr((select adbin from pg_attrdef where adrelid = l.attrelid and adnum = l.attnum), l.attrelid)
        is not distinct from
        pg_get_expr((select adbin from pg_attrdef where adrelid = s.attrelid and adnum = s.attnum), s.attrelid)
  where l.attname is null or s.attname is null
  union all
  select format('index %s', coalesce(live, shadow)) from (${paired(indexes)}) i where live is null or shadow is null
  union all
  select format('constraint %s', coalesce(live, shadow)) from (${paired(checks)}) c where live is null or shadow is null
`;

/** Statements that give the shadow's indexes and constraints the names that the live table's have. */
export const NAMES = `
  select format('alter index %I.%I rename to %I', n.nspname, i.shadow, i.live) as statement
  from (${paired(indexes)}) i, pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid = $2::regclass and i.shadow <> i.live
  union all
  select format('alter table %s rename constraint %I to %I', $2::regclass, c.shadow, c.live)
  from (${paired(checks)}) c where c.shadow <> c.live
`;

/** Statements that give the shadow what the live table has beside columns and indexes. */
export const DRESSING = `
  select statement from (
    select 1 as turn, format('alter table %s owner to %I', $2::regclass, pg_get_userbyid(l.relowner)) as statement
    from pg_class l join pg_class s on s.oid = $2::regclass
    where l.oid = $1::regclass and l.relowner <> s.relowner
    union all
    select 2, format('grant %s on table %s to %s%s', g.privilege_type, $2::regclass,
      case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end,
      case when g.is_grantable then ' with grant option' else '' end)
    from pg_class l, aclexplode(l.relacl) g where l.oid = $1::regclass and g.grantee <> l.relowner
    union all
    select 2, format('grant %s (%I) on table %s to %s%s', g.privilege_type, a.attname, $2::regclass,
      case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end,
      case when g.is_grantable then ' with grant option' else '' end)
    from pg_attribute a, aclexplode(a.attacl) g where a.attrelid = $1::regclass and not a.attisdropped
    union all
    select 3, format('create policy %I on %s as %s for %s to %s%s%s', p.polname, $2::regclass,
      case when p.polpermissive then 'permissive' else 'restrictive' end,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      case when p.polroles = '{0}' then 'public'
        else (select string_agg(quote_ident(pg_get_userbyid(r)), ', ') from unnest(p.polroles) r) end,
      ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
      ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    from pg_policy p where p.polrelid = $1::regclass
    union all
    select 4, format('alter table %s enable row level security', $2::regclass)
    from pg_class where oid = $1::regclass and relrowsecurity
    union all
    select 4, format('alter table %s force row level security', $2::regclass)
    from pg_class where oid = $1::regclass and relforcerowsecurity
    union all
    select 5, format('alter table %s set (%s)', $2::regclass, array_to_string(reloptions, ', '))
    from pg_class where oid = $1::regclass and reloptions is not null
    union all
    select 6, format('comment on table %s is %L', $2::regclass, obj_description($1::regclass, 'pg_class'))
    where obj_description($1::regclass, 'pg_class') is not null
  ) s order by turn
`;
