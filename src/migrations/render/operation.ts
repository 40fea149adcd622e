import { type Operation, type OperationVisitor, visitOperation } from "../operation.js";
import { renderAddColumn } from "./add-column.js";
import { renderAlterColumn } from "./alter-column.js";
import { type MigrationDatabase, quote, quoteList } from "./source.js";
import { type Step, line, statement } from "./step.js";
import { renderCreateTable, renderForeignKey, renderIndex, renderPrimaryKey } from "./table.js";

/** The steps that carry out an operation. */
export function renderOperation(operation: Operation, database: MigrationDatabase): readonly Step[] {
  return visitOperation(operation, visitors[database]);
}

const visitors: Readonly<Record<MigrationDatabase, OperationVisitor<readonly Step[]>>> = {
  postgres: visitorFor("postgres"),
  sqlite: visitorFor("sqlite"),
};

function visitorFor(database: MigrationDatabase): OperationVisitor<readonly Step[]> {
  return {
    createSchema: () => [],
    dropSchema: () => [],
    createEnum: () => [],
    dropEnum: () => [],
    addEnumValues: () => [],
    replaceEnum: () => [],
    renameTable: () => [],
    commentTable: () => [],
    renameColumn: () => [],
    fillColumn: () => [],
    addCheck: () => [],
    dropCheck: () => [],
    renameConstraint: () => [],
    addStatement: () => [],
    dropStatement: () => [],
    createTable: ({ table }) => [statement(renderCreateTable(table, database))],
    dropTable: ({ table }) => [statement(`knex.schema.dropTable(${quote(table.name)})`)],
    addColumn: (operation) => renderAddColumn(operation, database),
    dropColumn: ({ table, column }) => [line(table, "rest", `table.dropColumn(${quote(column.name)})`)],
    alterColumn: (operation) => renderAlterColumn(operation, database),
    addPrimaryKey: ({ table, primaryKey }) => [line(table, "rest", renderPrimaryKey(primaryKey))],
    dropPrimaryKey: ({ table, primaryKey }) => [
      line(table, "rest", `table.dropPrimary(${quote(primaryKey.name)})`),
    ],
    addIndex: ({ table, index }) => [line(table, "rest", renderIndex(index))],
    dropIndex: ({ table, index }) => [
      line(
        table,
        "rest",
        renderDrop("dropIndex", {
          name: index.name,
          columns: index.columns.filter((key) => typeof key === "string"),
        }),
      ),
    ],
    addForeignKey: ({ table, foreignKey }) => [line(table, "rest", renderForeignKey(foreignKey))],
    dropForeignKey: ({ table, foreignKey }) => [line(table, "rest", renderDrop("dropForeign", foreignKey))],
  };
}

function renderDrop(
  method: string,
  { columns, name }: { readonly columns: readonly string[]; readonly name: string },
): string {
  return `table.${method}(${quoteList(columns)}, ${quote(name)})`;
}
