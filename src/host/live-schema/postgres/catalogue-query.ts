import {
  called,
  counting,
  loose,
  neededTypes,
  ownedByExtension,
  prerequisites,
  usedFunctions,
} from "./prerequisites-query.js";

/**
 * The query behind `readCatalogue`. Each list is an aggregate of its own; the names of its columns are the keys of the
 * rows' types. What belongs to an extension is left out: the extension makes it.
 */

const relations = `
  select c.oid::text as id, n.nspname as schema, n.nspname = current_schema() as own, c.relname as name,
    c.relkind as kind, c.relispartition as partition, c.relrowsecurity as secured,
    c.relpersistence = 'u' as unlogged, obj_description(c.oid, 'pg_class') as comment,
    (select json_agg(i.inhparent::regclass::text order by i.inhseqno)
     from pg_inherits i where i.inhrelid = c.oid) as parents
  from pg_class c join space n on n.oid = c.relnamespace
  where c.oid in (select oid from relation)`;

const columns = `
  select a.attrelid::text as table, a.attnum as number, a.attname as name, not a.attnotnull as nullable,
    a.atttypid::text as type, a.atttypmod as modifier, format_type(a.atttypid, a.atttypmod) as written,
    a.attndims as dimensions, case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end as collation,
    pg_get_expr(d.adbin, d.adrelid) as default, a.attidentity as identity, a.attgenerated as generated,
    col_description(a.attrelid, a.attnum) as comment,
    (select s.relname from pg_depend o join pg_class s on s.oid = o.objid and s.relkind = 'S'
     where o.classid = 'pg_class'::regclass and o.refobjid = a.attrelid and o.refobjsubid = a.attnum
       and o.deptype = 'a' limit 1) as sequence,
    (select nullif(ltrim(${counting("q")}), '') from pg_depend o join pg_sequence q on q.seqrelid = o.objid
     where o.classid = 'pg_class'::regclass and o.refobjid = a.attrelid and o.refobjsubid = a.attnum
       and o.deptype in ('a', 'i') limit 1) as counting
  from pg_attribute a join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid in (select oid from relation) and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum`;

const types = `
  select t.oid::text as id, n.nspname as schema, n.nspname = current_schema() as own, t.typname as name,
    t.typtype as kind, case when t.typcategory = 'A' then t.typelem::text end as element,
    nullif(t.typbasetype, 0)::text as base, t.typtypmod as modifier, t.typndims as dimensions,
    (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as words
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.oid in (select oid from used_type)`;

const indexKeys = `
  select json_agg(json_build_object(
      'column', a.attname, 'text', pg_get_indexdef(i.indexrelid, k, false),
      'order', case when k <= i.indnkeyatts then i.indoption[k - 1] else 0 end,
      'collation', case when k <= i.indnkeyatts and i.indcollation[k - 1] not in (0, coalesce(a.attcollation, 100))
        then i.indcollation[k - 1]::regcollation::text end,
      'opclass', case when not o.opcdefault or b.attoptions is not null then
        case when pg_opclass_is_visible(o.oid) then '' else quote_ident(s.nspname) || '.' end || quote_ident(o.opcname)
        || coalesce('(' || array_to_string(b.attoptions, ', ') || ')', '') end
    ) order by k)
  from generate_series(1, i.indnatts) k
  join pg_attribute b on b.attrelid = i.indexrelid and b.attnum = k
  left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[k - 1]
  left join pg_opclass o on k <= i.indnkeyatts and o.oid = i.indclass[k - 1]
  left join pg_namespace s on s.oid = o.opcnamespace`;

const indexes = `
  select i.indrelid::text as table, c.relname as name, i.indisunique as unique, i.indisprimary as primary,
    i.indisvalid as valid, coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as equal,
    m.amname as method, pg_get_expr(i.indpred, i.indrelid) as where, i.indnkeyatts as ordered, (${indexKeys}) as keys,
    con.contype as constraint, coalesce(con.condeferrable, false) as deferrable,
    pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
  left join pg_constraint con on con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x')
  where i.indrelid in (select oid from relation)
  order by c.relname`;

const namesOf = (table: string, numbers: string) => `
  (select json_agg(a.attname order by k.position) from unnest(${numbers}) with ordinality as k (number, position)
   join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number)`;

/** Only those that were declared here; a foreign key to a partitioned table has one more for each partition. */
const constraints = `
  select c.conrelid::text as table, c.conname as name, c.contype as kind, ${namesOf("c.conrelid", "c.conkey")} as columns,
    nullif(c.confrelid, 0)::text as destination, ${namesOf("c.confrelid", "c.confkey")} as referenced,
    pg_get_expr(c.conbin, c.conrelid) as expression, c.confdeltype as ondelete, c.confupdtype as onupdate,
    (select json_agg(a.attname order by k.position)
     from jsonb_array_elements_text(nullif(to_jsonb(c) -> 'confdelsetcols', 'null')) with ordinality as k (number, position)
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number::int) as setnull,
    c.confmatchtype = 'f' or c.connoinherit and c.contype = 'c' as special,
    c.condeferrable as deferrable, c.condeferred as deferred, c.convalidated as valid,
    pg_get_constraintdef(c.oid) as definition
  from pg_constraint c
  where c.conrelid in (select oid from relation) and c.contype in ('c', 'f', 'x') and c.conparentid = 0
  order by c.conname`;

const attached = `
  select tgrelid::text as table, 'trigger' as kind, tgname as name, pg_get_triggerdef(oid, true) as definition
  from pg_trigger where not tgisinternal and tgrelid in (select oid from relation)
  union all
  select ev_class::text, 'rule', rulename, rtrim(pg_get_ruledef(oid, true), ';')
  from pg_rewrite where rulename <> '_RETURN' and ev_class in (select oid from relation)
  order by 3`;

const listOf = (query: string) => `(select coalesce(json_agg(row_to_json(q)), '[]') from (${query}) q)`;

const besidesTables = {
  sources: `
), called as materialized (${called}
), used_function (oid) as (${usedFunctions}
), needed_type (oid) as (${neededTypes}`,
  lists: `,
  'loose', ${listOf(loose)},
  'prerequisites', (select coalesce(json_agg(q.sql order by q.turn, q.oid), '[]') from (${prerequisites}) q)`,
};

/** @param tablesOnly is what the database has besides its tables left out? To find it takes longer than the rest. */
export const buildCatalogueQuery = ({ tablesOnly }: { readonly tablesOnly: boolean }) => `
with recursive space as (
  select oid, nspname from pg_namespace n where nspname !~ '^pg_' and nspname <> 'information_schema'
    and not ${ownedByExtension("pg_namespace", "n.oid")}
), relation as (
  select c.oid from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace in (select oid from space)
    and not ${ownedByExtension("pg_class", "c.oid")}
), used_type (oid) as (
  select atttypid from pg_attribute where attrelid in (select oid from relation) and attnum > 0 and not attisdropped
  union
  select part from used_type join pg_type t on t.oid = used_type.oid, unnest(array[t.typelem, t.typbasetype]) part
  where part <> 0${tablesOnly ? "" : besidesTables.sources}
)
select json_build_object(
  'relations', ${listOf(relations)}, 'columns', ${listOf(columns)}, 'types', ${listOf(types)},
  'indexes', ${listOf(indexes)}, 'constraints', ${listOf(constraints)}, 'attached', ${listOf(attached)}${tablesOnly ? "" : besidesTables.lists}
)::text as data`;
