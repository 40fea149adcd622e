import { joinFragments, plainSql, writeSql, type Fragment } from "../mapping/fragment.js";
import { bindValue, columnOf, mapTable, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { Condition } from "./condition.js";
import { renderElement } from "./render-element.js";
import { renderList } from "./render-list.js";
import { renderPattern } from "./render-pattern.js";

/** Where a condition stands: the names under which its tables are known there. */
export interface Place {
  readonly table: TableMap;
  /** Quoted. */
  readonly alias: string;
  /** The join row, inside the load of a manyToMany. */
  readonly join?: { readonly table: TableMap; readonly alias: string } | undefined;
  /** How many queries this one stands in, which keeps aliases apart. */
  readonly depth: number;
}

type Renderers = {
  readonly [Kind in Condition["kind"]]: (
    condition: Extract<Condition, { kind: Kind }>,
    place: Place,
  ) => Fragment;
};

/** A condition as SQL; every value is a binding. */
export function renderCondition(condition: Condition, place: Place): Fragment {
  // The compiler does not see that the kind picks the member which takes this very condition.
  const render = renderers[condition.kind] as (condition: Condition, place: Place) => Fragment;
  return render(condition, place);
}

const renderers: Renderers = {
  compare: ({ column, operator, value }, place) => ({
    sql: `${at(place, column)} ${operator} ?`,
    bindings: [bindValue(column, value)],
  }),
  null: ({ column, isNull }, place) => plainSql(`${at(place, column)} is ${isNull ? "" : "not "}null`),
  list: ({ column, values, isIn }, place) =>
    renderList(at(place, column), column, { values, isIn, database: place.table.database }),
  pattern: ({ column, pattern, text }, place) =>
    renderPattern(at(place, column), pattern, {
      type: column.attribute.type,
      text,
      database: place.table.database,
    }),
  element: ({ column, value }, place) =>
    renderElement(at(place, column), column, { value, database: place.table.database }),
  and: ({ conditions }, place) => renderAll(conditions, place, { word: " and ", none: "1 = 1" }),
  or: ({ conditions }, place) => renderAll(conditions, place, { word: " or ", none: "1 = 0" }),
  not: ({ condition }, place) => writeSql`not (${renderCondition(condition, place)})`,
  related: ({ relationship, condition }, place) => renderRelated(relationship, condition, place),
  join: ({ condition }, place) =>
    renderCondition(condition, { depth: place.depth, ...(place.join ?? place) }),
};

function at({ alias }: Place, { column }: ColumnMap): string {
  return `${alias}.${column}`;
}

function renderAll(
  conditions: readonly Condition[],
  place: Place,
  { word, none }: { readonly word: string; readonly none: string },
): Fragment {
  const rendered = conditions.map((each) => renderCondition(each, place));
  const [only] = rendered;
  if (only === undefined) return plainSql(none);
  return rendered.length === 1 ? only : joinInGroups(rendered, word);
}

/** SQLite takes `a or b or c` for a tree that is as deep as it is long, and refuses one of a thousand. */
const GROUP = 100;

function joinInGroups(parts: readonly Fragment[], word: string): Fragment {
  if (parts.length <= GROUP) return writeSql`(${joinFragments(parts, word)})`;
  const count = Math.ceil(parts.length / GROUP);
  const groups = Array.from({ length: count }, (_, index) => parts.slice(index * GROUP, (index + 1) * GROUP));
  return joinInGroups(
    groups.map((group) => joinInGroups(group, word)),
    word,
  );
}

function renderRelated(relationship: RelationshipDefinition, condition: Condition, place: Place): Fragment {
  const related = relatedRows(relationship, place);
  const inner = renderCondition(condition, related.place);
  return writeSql`exists (select 1 from ${related.from} where ${related.link} and ${inner})`;
}

/** The rows that a relationship leads to from the row at a place, as a subquery reads them. */
export interface RelatedRows {
  readonly from: string;
  readonly link: string;
  readonly place: Place;
}

export function relatedRows(relationship: RelationshipDefinition, place: Place): RelatedRows {
  const depth = place.depth + 1;
  const table = mapTable(relationship.destination, place.table.database);
  const alias = `"$r${String(depth)}"`;
  const source = at(place, columnOf(place.table, relationship.sourceAttribute));
  const key = `${alias}.${columnOf(table, relationship.destinationAttribute).column}`;
  if (relationship.kind !== "manyToMany") {
    return { from: `${table.table} as ${alias}`, link: `${key} = ${source}`, place: { table, alias, depth } };
  }
  const join = { table: mapTable(relationship.through, table.database), alias: `"$j${String(depth)}"` };
  const toSource = columnOf(join.table, relationship.sourceAttributeOnJoinResource).column;
  const toDestination = columnOf(join.table, relationship.destinationAttributeOnJoinResource).column;
  return {
    from: `${join.table.table} as ${join.alias} inner join ${table.table} as ${alias} on ${key} = ${join.alias}.${toDestination}`,
    link: `${join.alias}.${toSource} = ${source}`,
    place: { table, alias, join, depth },
  };
}
