import type { ForeignKeySnapshot, CheckSnapshot, IndexSnapshot, PrimaryKeySnapshot } from "../../snapshot.js";
import { buildCheck, buildForeignKey, buildPrimaryKey, buildUnique } from "./constraint.js";
import { quoteBeside, quoteName, quoteTable } from "./names.js";

/*
 * Changes of a table as statements. Outside of a transaction a statement may meet what an earlier, broken off run of it
 * left behind: `addAnew` drops that first, in the same statement.
 */

export type Constraint =
  | { readonly kind: "primaryKey"; readonly primaryKey: PrimaryKeySnapshot }
  | { readonly kind: "unique"; readonly index: IndexSnapshot }
  | { readonly kind: "foreignKey"; readonly foreignKey: ForeignKeySnapshot }
  | { readonly kind: "check"; readonly check: CheckSnapshot };

/** `alter table "users" <change>` */
export function buildAlterTable(table: string, ...changes: readonly string[]): string {
  return `alter table ${quoteTable(table)} ${changes.join(", ")}`;
}

export function buildAddConstraint(table: string, constraint: Constraint): string {
  return buildAlterTable(table, `add ${buildConstraint(constraint)}`);
}

export function buildDropConstraint(table: string, name: string): string {
  return buildAlterTable(table, `drop constraint ${quoteName(name)}`);
}

/** The constraint without a look at the rows that are there. */
export function buildAddNotValid(table: string, constraint: Constraint): string {
  return buildAlterTable(table, `add ${buildConstraint(constraint)} not valid`);
}

export function buildAddAnewNotValid(table: string, name: string, constraint: Constraint): string {
  const drop = `drop constraint if exists ${quoteName(name)}`;
  return buildAlterTable(table, drop, `add ${buildConstraint(constraint)} not valid`);
}

export function buildValidate(table: string, name: string): string {
  return buildAlterTable(table, `validate constraint ${quoteName(name)}`);
}

export function buildDropIndex(table: string, name: string): string {
  return `drop index ${quoteBeside(table, name)}`;
}

function buildConstraint(constraint: Constraint): string {
  switch (constraint.kind) {
    case "primaryKey":
      return buildPrimaryKey(constraint.primaryKey);
    case "unique":
      return buildUnique(constraint.index);
    case "foreignKey":
      return buildForeignKey(constraint.foreignKey);
    case "check":
      return buildCheck(constraint.check);
  }
}
