import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";
import { postgresType } from "./postgres-type.js";

/**
 * A whole list of canonical values, null allowed, as one binding: on PostgreSQL for `= any(?::uuid[])` and
 * `unnest(?::uuid[])`, on SQLite for `select value from json_each(?)`.
 */
export function bindList(_type: AttributeType, values: readonly unknown[], database: DatabaseKind): unknown {
  return database === "sqlite" ? JSON.stringify(values) : values;
}

/** Can values of this type be bound as one list? SQLite's JSON has no bytes. */
export function canListBind(type: AttributeType, database: DatabaseKind): boolean {
  return database === "postgres" || type.kind !== "binary";
}

/** What the binding of a list is in PostgreSQL, and what each of its rows is cast to where the list holds texts. */
export function unnestType(type: AttributeType): { readonly parameter: string; readonly cast?: string } {
  if (type.kind === "array") return { parameter: "text[]", cast: postgresType(type) };
  return { parameter: `${postgresType(type)}[]` };
}
