import {
  columnBare,
  columnFilled,
  columnFree,
  columnReady,
  columnReleased,
  columnRequired,
  enumLeft,
  enumReady,
  enumReleased,
  tableReady,
  wordReady,
  wordReleased,
} from "./facts.js";
import { enumOf } from "./enum-types.js";
import { hasSameContent } from "./canonical-json.js";
import { enumFacts, namesIn } from "./fact-parts.js";
import type { OperationOf, OperationVisitor } from "./operation.js";
import type { ColumnSnapshot } from "./snapshot.js";
import { isGeneratedAlike } from "./is-generated-alike.js";
import type { OperationFacts } from "./operation-facts.js";

/** The facts of operations on columns. */
export const columnFacts = {
  addColumn: ({ table, column }) => ({
    provides: [
      columnReady(table, column.name),
      wordReady(column.name),
      ...(column.nullable ? [] : [columnRequired(table, column.name)]),
    ],
    requires: [
      tableReady(table),
      columnFree(table, column.name),
      ...enumFacts(column, enumReady),
      ...namesIn(column.generatedAs).map((name) => columnReady(table, name)),
    ],
  }),
  dropColumn: ({ table, column }) => ({
    provides: [
      columnFree(table, column.name),
      ...enumFacts(column, enumReleased),
      ...namesIn(column.generatedAs).map((name) => columnReleased(table, name)),
    ],
    requires: [tableReady(table), columnReleased(table, column.name), wordReleased(column.name)],
  }),
  renameColumn: ({ table, from, to }) => ({
    provides: [columnReady(table, to), columnFree(table, from), wordReady(to)],
    requires: [tableReady(table), columnReady(table, from), columnFree(table, to)],
  }),
  alterColumn: (operation) => factsOfAlteration(operation),
  fillColumn: ({ table, column, sql }) => ({
    provides: [columnFilled(table, column), ...othersIn(sql, table, column)],
    requires: [tableReady(table), columnReady(table, column)],
  }),
} satisfies Partial<OperationVisitor<OperationFacts>>;

/** A change of type needs the column to itself, and so does one that lets rows be without a value: keys forbid it. */
function factsOfAlteration({ table, before, after, using }: OperationOf<"alterColumn">): OperationFacts {
  const column = after.name;
  const isRetyped = !hasSameContent(before.type, after.type) || !isGeneratedAlike(before, after);
  const losesDefault = isDefaultDropped(before, after);
  const isRequired = before.nullable && !after.nullable;
  const isLoosened = !before.nullable && after.nullable;
  return {
    provides: [
      ...(isRetyped ? [columnReady(table, column), ...enumFacts(before, enumLeft)] : []),
      ...(isRequired ? [columnRequired(table, column)] : []),
      ...(losesDefault ? [columnBare(table, column)] : []),
      ...(losesDefault || !enumOf(after.type) ? enumFacts(before, enumReleased) : []),
      ...namesIn(before.generatedAs).map((name) => columnReleased(table, name)),
      ...(using === undefined ? [] : othersIn(using, table, column)),
    ],
    requires: [
      tableReady(table),
      ...(isRetyped ? [columnBare(table, column)] : []),
      ...(isRetyped || losesDefault ? [] : [columnReady(table, column)]),
      ...(isRetyped || isLoosened ? [columnReleased(table, column)] : []),
      ...(isRequired ? [columnFilled(table, column)] : []),
      ...(losesDefault ? [] : enumFacts(after, enumReady)),
    ],
  };
}

/** Does nothing change but that the default goes? */
function isDefaultDropped({ default: old, ...before }: ColumnSnapshot, after: ColumnSnapshot): boolean {
  return old !== undefined && hasSameContent(before, after);
}

/** SQL that is worked out over the rows uses the other columns as they were. */
function othersIn(sql: string, table: string, column: string): readonly string[] {
  return namesIn(sql)
    .filter((name) => name !== column)
    .map((name) => columnReleased(table, name));
}
