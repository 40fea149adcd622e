import type { Issue } from "../errors/issue.js";
import { mapTable, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { describeGiven } from "../values/given-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import { combine, type Condition } from "./condition.js";
import { isPlainObject, parseAttributeFilter } from "./parse-attribute-filter.js";

/** What a filter is read with: where it applies, and where its problems go. */
export interface FilterReading {
  readonly table: TableMap;
  /** The join resource's table, inside the load of a manyToMany. */
  readonly join?: TableMap | undefined;
  readonly issues: Issue[];
}

type Path = Issue["path"];

/** Deeper filters than people write would exhaust the stack. */
const MAXIMUM_DEPTH = 64;

/**
 * Reads a filter, which may come from anywhere. Own keys alone are looked at, names are looked up in the definition, and
 * every value is cast by the type of its attribute.
 */
export function parseFilter(reading: FilterReading, filter: unknown, path: Path): Condition {
  if (path.length > MAXIMUM_DEPTH)
    return refuse(reading, path, "filter.too_deep", "The filter is nested too deep.");
  if (!isPlainObject(filter)) {
    return refuse(reading, path, "filter.invalid", "A filter is an object with the names of attributes.");
  }
  return combine(Object.keys(filter).map((name) => parseEntry(reading, name, filter[name], [...path, name])));
}

function parseEntry(reading: FilterReading, name: string, value: unknown, path: Path): Condition {
  const column = reading.table.byName.get(name);
  if (column !== undefined) return parseAttributeFilter({ column, issues: reading.issues }, value, path);
  const relationship = reading.table.definition.relationships.find((each) => each.name === name);
  if (relationship !== undefined) return parseRelated(reading, relationship, value, path);
  if (name === "not") return { kind: "not", condition: parseFilter(reading, value, path) };
  if (name === "and" || name === "or") return parseList(reading, name, value, path);
  if (name === "$join" && reading.join !== undefined) {
    return {
      kind: "join",
      condition: parseFilter({ table: reading.join, issues: reading.issues }, value, path),
    };
  }
  return refuseName(reading, name, path);
}

function parseList(reading: FilterReading, kind: "and" | "or", value: unknown, path: Path): Condition {
  if (!Array.isArray(value)) {
    return refuse(reading, path, "filter.invalid", `"${kind}" takes a list of filters.`);
  }
  // A hole in the list is undefined, which is no filter.
  const filters: unknown[] = Array.from(value);
  return { kind, conditions: filters.map((each, index) => parseFilter(reading, each, [...path, index])) };
}

function parseRelated(
  reading: FilterReading,
  relationship: RelationshipDefinition,
  value: unknown,
  path: Path,
): Condition {
  const table = mapTable(relationship.destination, reading.table.database);
  const condition = parseFilter({ table, issues: reading.issues }, value, path);
  return { kind: "related", relationship, condition };
}

function refuseName({ table, issues }: FilterReading, name: string, path: Path): Condition {
  const { definition } = table;
  const relationships = definition.relationships.map((relationship) => relationship.name);
  const names = [...table.byName.keys(), ...relationships];
  const similar = findNearestWord(name, names);
  issues.push({
    code: "filter.name.unknown",
    message: `${describeGiven(name)} is neither an attribute nor a relationship of ${definition.name}.`,
    hint: similar === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${similar}?`,
    path,
  });
  return combine([]);
}

function refuse({ issues }: FilterReading, path: Path, code: string, message: string): Condition {
  issues.push({ code, message, path });
  return combine([]);
}
