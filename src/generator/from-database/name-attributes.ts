import { toSnakeCase } from "../../support/casing.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { recordReserved } from "../reserved-words.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import { NamePool } from "./name-pool.js";
import { findUsableWords } from "./usable-words.js";

/** Names that a filter reads as its own words. */
const filterWords: ReadonlySet<string> = new Set(["and", "or", "not"]);

/** Can a member of a record not have this name? */
export function isReservedMember(name: string): boolean {
  return recordReserved.has(name) || filterWords.has(name);
}

/** Column names with the names of their attributes. */
export type AttributeNames = ReadonlyMap<string, string>;

/**
 * A name for the attribute of each column. Where two columns would share one, the one that it turns back into has it,
 * and the other gets a number, whatever their order.
 *
 * @param yielding columns that leave their name to a relationship; their attributes end in `Id`, where that is free
 * @example
 * nameAttributes(table, "camelCase", new Set(["area"])); // Map { "user_id" => "userId", "User ID" => "userId2", "area" => "areaId" }
 */
export function nameAttributes(
  table: TableSnapshot,
  attributeCase: AttributeCase,
  yielding: ReadonlySet<string>,
): AttributeNames {
  const pool = new NamePool();
  const own = table.columns.map(({ name }) => ({ name, wanted: findAttributeName(name, attributeCase) }));
  const columns = own.map((each) => {
    const wanted = spellAttribute(`${each.wanted}_id`, attributeCase);
    const isFree = own.every((other) => other.wanted !== wanted);
    return yielding.has(each.name) && isFree ? { ...each, wanted } : each;
  });
  const isExact = ({ name, wanted }: (typeof columns)[number]) => toSnakeCase(wanted) === name;
  const sorted = columns.toSorted(
    (left, right) => Number(isExact(right)) - Number(isExact(left)) || (left.name < right.name ? -1 : 1),
  );
  const named = new Map(sorted.map(({ name, wanted }) => [name, pool.take([wanted])]));
  return new Map(columns.map(({ name, wanted }) => [name, named.get(name) ?? wanted]));
}

/** The name that a column's attribute has where it is free. */
export function findAttributeName(column: string, attributeCase: AttributeCase): string {
  const name = spellAttribute(findUsableWords(column, "column").join("_"), attributeCase);
  return isReservedMember(name) ? spellAttribute(`${name}_value`, attributeCase) : name;
}
