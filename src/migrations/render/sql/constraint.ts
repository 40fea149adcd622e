import type { CheckSnapshot, ForeignKeySnapshot, IndexSnapshot, PrimaryKeySnapshot } from "../../snapshot.js";
import { quoteName, quoteNames, quoteTable } from "./names.js";

/** `constraint "users_pkey" primary key ("id")` */
export function buildPrimaryKey({ name, columns }: PrimaryKeySnapshot): string {
  return `constraint ${quoteName(name)} primary key (${quoteNames(columns)})`;
}

/** `constraint "notes_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete cascade` */
export function buildForeignKey(foreignKey: ForeignKeySnapshot): string {
  const { name, columns, references, onDelete, setNull, onUpdate, deferrable } = foreignKey;
  const some = setNull ? ` (${quoteNames(setNull)})` : "";
  return [
    `constraint ${quoteName(name)} foreign key (${quoteNames(columns)})`,
    `references ${quoteTable(references.table)} (${quoteNames(references.columns)})`,
    ...(onDelete === "no action" ? [] : [`on delete ${onDelete}${some}`]),
    ...(onUpdate === undefined ? [] : [`on update ${onUpdate}`]),
    ...(deferrable === undefined ? [] : [`deferrable ${deferrable}`]),
  ].join(" ");
}

/** `constraint "orders_total_check" check (total >= 0)` */
export function buildCheck({ name, sql }: CheckSnapshot): string {
  return `constraint ${quoteName(name)} check (${sql})`;
}

/** `constraint "users_email_key" unique ("email")` */
export function buildUnique(index: IndexSnapshot): string {
  const distinct = index.nullsNotDistinct ? " nulls not distinct" : "";
  const include = index.include ? ` include (${quoteNames(index.include)})` : "";
  return `constraint ${quoteName(index.name)} unique${distinct} (${buildKeys(index)})${include}`;
}

export interface IndexOptions {
  /** Beside the writes of others; PostgreSQL alone, and not in a transaction. */
  readonly concurrently: boolean;
}

/**
 * The statement that makes an index.
 *
 * @example
 * buildIndex("users", { name: "i", columns: ["email"], unique: true }); // 'create unique index "i" on "users" ("email")'
 */
export function buildIndex(
  table: string,
  index: IndexSnapshot,
  { concurrently }: IndexOptions = { concurrently: false },
): string {
  const { name, unique, method, include, nullsNotDistinct, where } = index;
  const how = concurrently ? "concurrently if not exists " : "";
  return [
    `create ${unique ? "unique " : ""}index ${how}${quoteName(name)} on ${quoteTable(table)}`,
    ...(method === undefined ? [] : [`using ${method}`]),
    `(${buildKeys(index)})`,
    ...(include === undefined ? [] : [`include (${quoteNames(include)})`]),
    ...(nullsNotDistinct ? ["nulls not distinct"] : []),
    ...(where === undefined ? [] : [`where ${where}`]),
  ].join(" ");
}

/** An expression stands as it was written: its author knows where it needs parentheses. */
function buildKeys({ columns }: IndexSnapshot): string {
  return columns.map((column) => (typeof column === "string" ? quoteName(column) : column.sql)).join(", ");
}
