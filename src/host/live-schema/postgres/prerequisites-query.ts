/**
 * The parts of the catalogue's query that tell what a database has besides tables: what those need, as the statements that
 * make it, and what they do not.
 */

/** What the database itself, or an extension, has made is not told. */
export const ownedByExtension = (catalogue: string, id: string) => `
  exists (select 1 from pg_depend o where o.classid = '${catalogue}'::regclass and o.objid = ${id} and o.deptype = 'e')`;

/** How a sequence counts, where it does so in a way of its own. */
export const counting = (sequence: string) => `
  case when ${sequence}.seqincrement <> 1 then ' increment by ' || ${sequence}.seqincrement else '' end
    || case when ${sequence}.seqmin <> 1 then ' minvalue ' || ${sequence}.seqmin else '' end
    || case when ${sequence}.seqmax <> case ${sequence}.seqtypid when 'int2'::regtype then 32767
        when 'int4'::regtype then 2147483647 else 9223372036854775807 end then ' maxvalue ' || ${sequence}.seqmax else '' end
    || case when ${sequence}.seqstart <> 1 then ' start with ' || ${sequence}.seqstart else '' end
    || case when ${sequence}.seqcycle then ' cycle' else '' end`;

const schemas = `
  select 0 as turn, 0::bigint as oid, 'create schema if not exists ' || quote_ident(n.nspname) as sql
  from space n where n.nspname not in ('public', current_schema())`;

const extensions = `
  select 1, e.oid::bigint, 'create extension if not exists ' || quote_ident(e.extname)
    || case when n.nspname in ('public', 'pg_catalog', current_schema()) then '' else ' schema ' || quote_ident(n.nspname) end
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'`;

const domains = `
  select 7, t.oid::bigint, 'create domain ' || t.oid::regtype::text || ' as ' || format_type(t.typbasetype, t.typtypmod)
    || coalesce(' collate ' || nullif(t.typcollation, b.typcollation)::regcollation::text, '')
    || coalesce(' default ' || t.typdefault, '') || case when t.typnotnull then ' not null' else '' end
    || coalesce((select string_agg(' constraint ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid), '' order by c.conname)
                 from pg_constraint c where c.contypid = t.oid and c.contype = 'c'), '')
  from pg_type t join pg_type b on b.oid = t.typbasetype
  where t.typtype = 'd' and t.oid in (select oid from needed_type) and t.typnamespace in (select oid from space)
    and not ${ownedByExtension("pg_type", "t.oid")}`;

const composites = `
  select 7, t.oid::bigint, 'create type ' || t.oid::regtype::text || ' as (' || (
      select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = t.typrelid and not a.attisdropped) || ')'
  from pg_type t join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
  where t.typtype = 'c' and t.oid in (select oid from needed_type) and not ${ownedByExtension("pg_type", "t.oid")}`;

const collations = `
  select 2, c.oid::bigint, 'create collation ' || c.oid::regcollation::text || ' (provider = '
    || case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end
    || coalesce(', locale = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')),
      ', lc_collate = ' || quote_literal(c.collcollate) || ', lc_ctype = ' || quote_literal(c.collctype))
    || coalesce(', rules = ' || quote_literal(to_jsonb(c) ->> 'collicurules'), '')
    || case when c.collisdeterministic then '' else ', deterministic = false' end || ')'
  from pg_collation c
  where c.collnamespace in (select oid from space) and not ${ownedByExtension("pg_collation", "c.oid")}`;

const dictionaries = `
  select 3, d.oid::bigint, 'create text search dictionary ' || d.oid::regdictionary::text || ' (template = '
    || quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) || coalesce(', ' || d.dictinitoption, '') || ')'
  from pg_ts_dict d join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace n on n.oid = t.tmplnamespace
  where d.dictnamespace in (select oid from space) and not ${ownedByExtension("pg_ts_dict", "d.oid")}`;

const configurations = `
  select 4, c.oid::bigint, 'create text search configuration ' || c.oid::regconfig::text || ' (parser = '
    || quote_ident(n.nspname) || '.' || quote_ident(p.prsname) || ')'
  from pg_ts_config c join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace n on n.oid = p.prsnamespace
  where c.cfgnamespace in (select oid from space) and not ${ownedByExtension("pg_ts_config", "c.oid")}`;

/** One statement for the kinds of words that the same dictionaries look up. */
const mappings = `
  select 5, m.cfg::bigint, 'alter text search configuration ' || m.cfg::regconfig::text || ' add mapping for '
    || string_agg(quote_ident(m.alias), ', ' order by m.token) || ' with ' || m.dictionaries
  from (
    select c.oid as cfg, k.maptokentype as token, w.alias,
      string_agg(k.mapdict::regdictionary::text, ', ' order by k.mapseqno) as dictionaries
    from pg_ts_config c join pg_ts_config_map k on k.mapcfg = c.oid
    cross join lateral (select alias from ts_token_type(c.cfgparser) where tokid = k.maptokentype) w
    where c.cfgnamespace in (select oid from space) and not ${ownedByExtension("pg_ts_config", "c.oid")}
    group by c.oid, k.maptokentype, w.alias
  ) m group by m.cfg, m.dictionaries`;

/** What a function calls, or takes for a table's row, need not be there when it is made. */
const unchecked = `
  select 6, 0::bigint, 'set check_function_bodies = off' where exists (select 1 from used_function)
  union all select 8, 0, 'reset check_function_bodies' where exists (select 1 from used_function)`;

const ranges = `
  select 7, t.oid::bigint, 'create type ' || t.oid::regtype::text || ' as range (subtype = ' || r.rngsubtype::regtype::text
    || coalesce(', collation = ' || nullif(nullif(r.rngcollation, 0), s.typcollation)::regcollation::text, '')
    || coalesce(', subtype_diff = ' || nullif(r.rngsubdiff::oid, 0)::regproc::text, '') || ')'
  from pg_range r join pg_type t on t.oid = r.rngtypid join pg_type s on s.oid = r.rngsubtype
  where t.oid in (select oid from needed_type) and t.typnamespace in (select oid from space)
    and not ${ownedByExtension("pg_type", "t.oid")}`;

/** What the text of a function calls, by name. */
export const called = `
  select distinct p.oid, lower(m.found[1]) as name
  from pg_proc p cross join lateral regexp_matches(p.prosrc, '(\\w+)"{0,1}\\s*\\(', 'g') m (found)
  where p.pronamespace in (select oid from space) and p.prokind = 'f'`;

/**
 * The functions that a default, a check, an index, a domain or a trigger calls, and those that they call in turn. A body
 * that is text is looked through for their names; what would need tables, or the enums that migrations make, is left out.
 */
export const usedFunctions = `
  select p.oid
  from pg_proc p join pg_depend d on d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid
  where p.pronamespace in (select oid from space) and p.prokind = 'f'
    and d.classid in ('pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_class'::regclass, 'pg_trigger'::regclass)
    and not ${ownedByExtension("pg_proc", "p.oid")}
  union
  select p.oid
  from used_function u join called c on c.oid = u.oid join pg_proc p on lower(p.proname) = c.name
  where p.pronamespace in (select oid from space) and p.prokind = 'f' and not ${ownedByExtension("pg_proc", "p.oid")}
    and not exists (
      select 1 from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) a (type)
      join pg_type t on t.oid = a.type left join pg_type e on e.oid = t.typelem
      where coalesce(nullif(t.typrelid, 0), e.typrelid) in (select oid from relation)
        or coalesce(e.typtype, t.typtype) = 'e' and coalesce(e.oid, t.oid) in (select oid from used_type))
    and not exists (
      select 1 from pg_depend d
      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.refclassid = 'pg_class'::regclass)`;

/** The types of columns and of what functions take, and those that they are made of. */
export const neededTypes = `
  select oid from used_type
  union
  select a.type
  from used_function u join pg_proc p on p.oid = u.oid,
    unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]) || p.prorettype) a (type)
  union
  select x.part
  from needed_type n join pg_type t on t.oid = n.oid
  cross join lateral (
    select t.typelem union select t.typbasetype union select r.rngsubtype from pg_range r where r.rngtypid = t.oid
    union select a.atttypid from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'c'
      where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
  ) x (part) where x.part <> 0`;

/** Those that columns are of are made by migrations. */
const enums = `
  select 7, t.oid::bigint, 'create type ' || t.oid::regtype::text || ' as enum ('
    || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) || ')'
  from pg_type t
  where t.typtype = 'e' and t.oid in (select oid from needed_type) and t.oid not in (select oid from used_type)
    and t.typnamespace in (select oid from space) and not ${ownedByExtension("pg_type", "t.oid")}`;

const functions = `
  select 7, oid::bigint, pg_get_functiondef(oid) from used_function`;

/** Does a default use the sequence, or a function that is made first say its name? */
const isUsedSequence = `(
  exists (
    select 1 from pg_depend d
    where d.refclassid = 'pg_class'::regclass and d.refobjid = s.oid and d.classid = 'pg_attrdef'::regclass)
  or exists (
    select 1 from used_function u join pg_proc p on p.oid = u.oid
    where p.prosrc ~* ('\\m' || regexp_replace(s.relname, '\\W', '\\\\\\&', 'g') || '\\M')))`;

/** Sequences that are used and no column owns, or one of a type that migrations do not count in. */
const sequences = `
  select 7, s.oid::bigint, 'create sequence if not exists ' || s.oid::regclass::text
    || case when q.seqtypid = 'int8'::regtype then '' else ' as ' || q.seqtypid::regtype::text end || ${counting("q")}
  from pg_class s join pg_sequence q on q.seqrelid = s.oid
  where s.relkind = 'S' and s.relnamespace in (select oid from space) and ${isUsedSequence}
    and not exists (
      select 1 from pg_depend o left join pg_attribute a on a.attrelid = o.refobjid and a.attnum = o.refobjsubid
      where o.objid = s.oid and o.deptype in ('a', 'i', 'e') and a.atttypid is distinct from 'int2'::regtype)`;

export const prerequisites = [
  ...[schemas, extensions, collations, dictionaries, configurations, mappings],
  ...[unchecked, domains, composites, ranges, enums, functions, sequences],
].join("\n  union all");

/** What a database has besides its tables, and no table needs. */
export const loose = `
  select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
    p.oid::regprocedure::text as name
  from pg_proc p where p.pronamespace in (select oid from space) and p.oid not in (select oid from used_function)
    and not ${ownedByExtension("pg_proc", "p.oid")}
    and not exists (select 1 from pg_depend i where i.classid = 'pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i')
  union all
  select 'type', t.oid::regtype::text
  from pg_type t left join pg_class c on c.oid = t.typrelid
  where t.typnamespace in (select oid from space) and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
    and t.oid not in (select oid from needed_type) and not ${ownedByExtension("pg_type", "t.oid")}
  union all
  select 'sequence', s.oid::regclass::text
  from pg_class s where s.relkind = 'S' and s.relnamespace in (select oid from space)
    and not ${isUsedSequence} and not exists (
      select 1 from pg_depend o where o.classid = 'pg_class'::regclass and o.objid = s.oid and o.deptype in ('a', 'i', 'e'))
  order by 1, 2`;
