import type { AttributeType } from "../attribute-type.js";
import { writeArrayLiteral } from "./array-literal.js";
import { createBinding } from "./binding.js";
import type { DatabaseKind } from "./database.js";
import { unboundedType } from "./postgres-type.js";

/**
 * A whole list of canonical values, null allowed, as one binding: on PostgreSQL an array for `= any(?::uuid[])` and
 * `unnest(?::uuid[])`, with the type that `unnestType` says; on SQLite a JSON text for `select value from json_each(?)`.
 *
 * @example
 * bindList({ kind: "bigint" }, [1n, null], "postgres"); // "{1,NULL}"
 * bindList({ kind: "bigint" }, [1n, null], "sqlite"); // "[1,null]"
 */
export function bindList(type: AttributeType, values: readonly unknown[], database: DatabaseKind): unknown {
  const bind = createBinding(type, database);
  const bound = bind ? values.map((value) => (value === null ? null : bind(value))) : values;
  return database === "postgres" ? writeArrayLiteral(bound) : `[${bound.map(writeJson).join(",")}]`;
}

/** JSON.stringify knows no bigint; SQLite reads its digits exactly. */
function writeJson(bound: unknown): string {
  return typeof bound === "bigint" ? String(bound) : JSON.stringify(bound);
}

const unfitForJson = new Set<AttributeType["kind"]>(["binary", "float", "decimal", "json"]);

/**
 * Can values of this type be bound as one list? SQLite's JSON has no bytes, and its reading of numbers with a fraction
 * is not exact in the last digit, so there these are bound one by one: binary, float, decimal, json.
 */
export function canListBind(type: AttributeType, database: DatabaseKind): boolean {
  return database === "postgres" || !unfitForJson.has(type.kind);
}

/**
 * What a list's binding is cast to in PostgreSQL; and what each of its rows is cast to, where the list holds texts of
 * arrays. Without lengths and scales: a cast would cut silently what a column refuses, and make another value equal.
 *
 * @example
 * unnestType({ kind: "uuid" }); // { parameter: "uuid[]" }
 * unnestType({ kind: "array", of: { kind: "integer" } }); // { parameter: "text[]", cast: "integer[]" }
 */
export function unnestType(type: AttributeType): { readonly parameter: string; readonly cast?: string } {
  const written = unboundedType(type);
  return type.kind === "array" ? { parameter: "text[]", cast: written } : { parameter: `${written}[]` };
}
