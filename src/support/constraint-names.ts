import { createHash } from "node:crypto";
import { toSnakeCase } from "./casing.js";

/** PostgreSQL silently cuts a longer identifier; the other databases allow at least as much. */
export const MAXIMUM_NAME_BYTES = 63;

/** `user_tasks_pkey` */
export function primaryKeyName(table: string): string {
  return buildName([table], "pkey");
}

/** `user_tasks_user_id_fkey`; several columns are joined by `_`. */
export function foreignKeyName(table: string, columns: readonly string[]): string {
  return buildName([table, ...columns], "fkey");
}

/** `user_tasks_task_id_index`; several columns are joined by `_`. */
export function indexName(table: string, columns: readonly string[]): string {
  return buildName([table, ...columns], "index");
}

/** `users_unique_email_index` for the identity `uniqueEmail` of `users`. */
export function identityIndexName(table: string, identity: string): string {
  return buildName([table, toSnakeCase(identity)], "index");
}

/** `tasks_status_check`: what keeps an enum's column to its values. */
export function checkName(table: string, column: string): string {
  return buildName([table, column], "check");
}

/** `tasks_number_seq`: what numbers the rows of a table in PostgreSQL. */
export function sequenceName(table: string, column: string): string {
  return buildName([table, column], "seq");
}

/** `users_pkey_replacement`: what an index is called until it gets the name of the one that it replaces. */
export function replacementName(index: string): string {
  return buildName([index], "replacement");
}

/**
 * `<parts>_<suffix>`; where that is too long for a database, the parts are cut and a hash of the whole name keeps it
 * distinct and the same every time.
 */
function buildName(parts: readonly string[], suffix: string): string {
  const name = [...parts, suffix].join("_");
  if (Buffer.byteLength(name) <= MAXIMUM_NAME_BYTES) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  const tail = `_${hash}_${suffix}`;
  return cutToBytes(parts.join("_"), MAXIMUM_NAME_BYTES - Buffer.byteLength(tail)) + tail;
}

/** As many whole characters as fit; a character may take up to four bytes. */
function cutToBytes(text: string, bytes: number): string {
  let cut = "";
  for (const character of text) {
    if (Buffer.byteLength(cut + character) > bytes) break;
    cut += character;
  }
  return cut;
}
