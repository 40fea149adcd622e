import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import { describeGiven } from "../values/given-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import { isPlainObject } from "./parse-attribute-filter.js";
import type { SortKey } from "./query-data.js";

interface SortReading {
  readonly table: TableMap;
  readonly join?: TableMap | undefined;
  readonly issues: Issue[];
}

type Path = Issue["path"];

/** Keys without those that are sorted by already, which decide nothing. */
export function dropRepeatedKeys(keys: readonly SortKey[]): SortKey[] {
  const first = new Map<string, SortKey>();
  for (const key of keys) {
    const name = `${key.ofJoin ? "$join." : ""}${key.column.name}`;
    if (!first.has(name)) first.set(name, key);
  }
  return [...first.values()];
}

/** Reads what a sort is told: a name, or an object of directions by name. */
export function parseSort(reading: SortReading, by: unknown, path: Path): SortKey[] {
  if (typeof by === "string") return parseKey({ ...reading, ofJoin: false }, by, "asc", path);
  if (isPlainObject(by)) {
    return Object.keys(by).flatMap((name) => parseEntry(reading, name, by[name], [...path, name]));
  }
  reading.issues.push({
    code: "sort.invalid",
    message: 'A sort is the name of an attribute, or an object such as { name: "desc" }.',
    path,
  });
  return [];
}

function parseEntry(reading: SortReading, name: string, direction: unknown, path: Path): SortKey[] {
  if (name !== "$join" || reading.join === undefined) {
    return parseKey({ ...reading, ofJoin: false }, name, direction, path);
  }
  if (!isPlainObject(direction)) return parseSort({ ...reading, join: undefined }, direction, path);
  const joined = { table: reading.join, issues: reading.issues, ofJoin: true };
  return Object.keys(direction).flatMap((key) => parseKey(joined, key, direction[key], [...path, key]));
}

function parseKey(
  { table, issues, ofJoin }: SortReading & { readonly ofJoin: boolean },
  name: string,
  direction: unknown,
  path: Path,
): SortKey[] {
  const column = table.byName.get(name);
  const order = readOrder(direction);
  if (column === undefined) {
    const similar = findNearestWord(name, [...table.byName.keys()]);
    issues.push({
      code: "sort.name.unknown",
      message: `${describeGiven(name)} is not an attribute of ${table.definition.name}.`,
      hint:
        similar === undefined
          ? `There are ${[...table.byName.keys()].join(", ")}.`
          : `Did you mean ${similar}?`,
      path,
    });
  } else if (order === undefined) {
    issues.push({
      code: "sort.direction.invalid",
      message: `The direction of "${name}" is "asc", "desc" or { direction, nulls: "first" or "last" }.`,
      path,
    });
  } else return [{ column, ofJoin, ...order }];
  return [];
}

function readOrder(direction: unknown): Pick<SortKey, "direction" | "nulls"> | undefined {
  if (direction === "asc") return { direction, nulls: "last" };
  if (direction === "desc") return { direction, nulls: "first" };
  if (!isPlainObject(direction)) return undefined;
  const { direction: way, nulls } = direction;
  if ((way !== "asc" && way !== "desc") || (nulls !== "first" && nulls !== "last")) return undefined;
  return { direction: way, nulls };
}
