import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { columnOf, type TableMap } from "../mapping/table-map.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { combine, type Condition } from "./condition.js";
import { castOrRefuse, isPlainObject } from "./parse-attribute-filter.js";

/** A key once it is known to be one: what it selects and the values it is made of. */
export interface KeyFilter {
  readonly condition: Condition;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads a key: the value of a primary key of one attribute, or an object with exactly the attributes of the primary key or
 * of an identity. Values are cast by type, so that an object in the place of a value selects nothing but an error.
 *
 * @throws InvalidError `key.invalid`, or the issues of the values
 */
export function findKeyFilter(table: TableMap, key: unknown): KeyFilter {
  const values = readKeyValues(table.definition, key);
  const issues: Issue[] = [];
  const cast = Object.entries(values).map(([name, value]) => {
    const column = columnOf(table, name);
    return { column, value: castOrRefuse({ column, issues }, value, [name]) };
  });
  if (issues.length > 0) throw new InvalidError(issues);
  return {
    condition: combine(cast.map(({ column, value }) => ({ kind: "compare", column, operator: "=", value }))),
    values: Object.fromEntries(cast.map(({ column, value }) => [column.name, value])),
  };
}

function readKeyValues(definition: ResourceDefinition, key: unknown): Readonly<Record<string, unknown>> {
  const [single, ...more] = definition.primaryKey;
  if (isPlainObject(key)) {
    const names = Object.keys(key);
    const candidates = listKeys(definition);
    if (candidates.some((attributes) => isSameSet(attributes, names))) return key;
  } else if (single !== undefined && more.length === 0) return { [single]: key };
  throw createKeyError(definition);
}

/** The attributes of every key of a resource: its primary key, its identities, its unique attributes. */
export function listKeys({
  primaryKey,
  identities,
  attributes,
}: ResourceDefinition): readonly (readonly string[])[] {
  const unique = attributes.filter((attribute) => attribute.unique).map(({ name }) => [name]);
  return [primaryKey, ...identities.map((identity) => identity.attributes), ...unique];
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length > 0 && left.length === right.length && left.every((name) => right.includes(name));
}

function createKeyError(definition: ResourceDefinition): InvalidError {
  const keys = listKeys(definition)
    .filter((attributes) => attributes.length > 0)
    .map((attributes) => `{ ${attributes.join(", ")} }`);
  return new InvalidError([
    {
      code: "key.invalid",
      message: `This is no key of ${definition.name}.`,
      hint: `Give the values of ${[...new Set(keys)].join(" or ")}.`,
      path: [],
    },
  ]);
}
