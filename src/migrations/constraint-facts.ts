import {
  columnReady,
  columnReleased,
  columnRequired,
  constraintFree,
  constraintRenamed,
  keyGone,
  keyReady,
  keyReleased,
  nameFreeBeside,
  primaryKeyGone,
  tableReady,
  tableReleased,
} from "./facts.js";
import { findIndexColumns, isFullKey } from "./index-columns.js";
import { isAside } from "./split-rename-circles.js";
import { namesIn } from "./fact-parts.js";
import type { OperationVisitor } from "./operation.js";
import type { ForeignKeySnapshot } from "./snapshot.js";
import type { OperationFacts } from "./operation-facts.js";

/** The facts of operations on keys, indexes, foreign keys and checks. */
export const constraintFacts = {
  addPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [keyReady(table, columns)],
    requires: [
      tableReady(table),
      primaryKeyGone(table),
      nameFreeBeside(table, name),
      keyReleased(table, columns),
      ...columns.flatMap((column) => [columnReady(table, column), columnRequired(table, column)]),
    ],
  }),
  dropPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [
      primaryKeyGone(table),
      keyGone(table, columns),
      nameFreeBeside(table, name),
      ...columns.map((column) => columnReleased(table, column)),
    ],
    requires: [tableReady(table), keyReleased(table, columns)],
  }),
  addIndex: ({ table, index }) => ({
    provides: isFullKey(index) ? [keyReady(table, index.columns)] : [],
    requires: [
      tableReady(table),
      nameFreeBeside(table, index.name),
      ...(isFullKey(index) ? [keyReleased(table, index.columns)] : []),
      ...findIndexColumns(index).map((column) => columnReady(table, column)),
    ],
  }),
  dropIndex: ({ table, index }) => ({
    provides: [
      ...(isFullKey(index) ? [keyGone(table, index.columns)] : []),
      nameFreeBeside(table, index.name),
      ...findIndexColumns(index).map((column) => columnReleased(table, column)),
    ],
    requires: [tableReady(table), ...(isFullKey(index) ? [keyReleased(table, index.columns)] : [])],
  }),
  addForeignKey: ({ table, foreignKey }) => ({
    provides: [],
    requires: requiredByForeignKey(table, foreignKey),
  }),
  dropForeignKey: ({ table, foreignKey }) => ({
    provides: providedWithoutForeignKey(table, foreignKey),
    requires: [tableReady(table)],
  }),
  addCheck: ({ table, check }) => ({
    provides: [],
    requires: [
      tableReady(table),
      constraintFree(table, check.name),
      ...namesIn(check.sql).map((name) => columnReady(table, name)),
    ],
  }),
  dropCheck: ({ table, check }) => ({
    provides: [
      constraintFree(table, check.name),
      ...namesIn(check.sql).map((name) => columnReleased(table, name)),
    ],
    requires: [tableReady(table)],
  }),
  renameConstraint: ({ table, renamed: { kind, from, to } }) => {
    const free = kind === "check" || kind === "foreignKey" ? constraintFree : nameFreeBeside;
    return {
      provides: [constraintRenamed(table, to), ...(isAside(from) ? [] : [free(table, from)])],
      requires: [tableReady(table), constraintRenamed(table, from), free(table, to)],
    };
  },
} satisfies Partial<OperationVisitor<OperationFacts>>;

/** What a foreign key needs, whether it comes alone or with its table. */
export function requiredByForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    tableReady(table),
    tableReady(references.table),
    constraintFree(table, name),
    keyGone(references.table, references.columns),
    keyReady(references.table, references.columns),
    ...columns.map((column) => columnReady(table, column)),
    ...references.columns.map((column) => columnReady(references.table, column)),
  ];
}

/** What is free once a foreign key is gone, whether it goes alone or with its table. */
export function providedWithoutForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    constraintFree(table, name),
    tableReleased(references.table),
    keyReleased(references.table, references.columns),
    ...columns.map((column) => columnReleased(table, column)),
    ...references.columns.map((column) => columnReleased(references.table, column)),
  ];
}
