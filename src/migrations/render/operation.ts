import { type Operation, type OperationVisitor, visitOperation } from "../operation.js";
import type { IndexSnapshot } from "../snapshot.js";
import { buildTableKey } from "../table-key.js";
import { renderAddColumn } from "./add-column.js";
import { renderAlterColumn } from "./alter-column.js";
import { renderSchema, renderTableName } from "./call.js";
import type { RenderContext } from "./context.js";
import { buildCreateEnum, renderEnumReplacement, renderEnumValues } from "./enum.js";
import { renderFill } from "./fill.js";
import { isPlainCheck, isPlainForeignKey, isPlainIndex, isPlainKey } from "./plain.js";
import { renderRenameColumn, renderRenameConstraint, renderRenameTable } from "./rename.js";
import { quote, quoteList } from "./source.js";
import {
  type Constraint,
  buildAddConstraint,
  buildAlterTable,
  buildDropConstraint,
  buildDropIndex,
} from "./sql/alter.js";
import { buildCommentOnTable } from "./sql/comment.js";
import { buildIndex } from "./sql/constraint.js";
import { isPlainToKnex, quoteName, quoteTable, quoteUnlessPlain } from "./sql/names.js";
import { type Step, line, raw, statement } from "./step.js";
import {
  namesIn,
  renderCheck,
  renderForeignKey,
  renderIndex,
  renderNewTable,
  renderPrimaryKey,
} from "./table.js";

/** The steps that carry out an operation in a transaction; on SQLite what `rebuild.ts` leaves to them. */
export function renderOperation(operation: Operation, context: RenderContext): readonly Step[] {
  return visitOperation(operation, { ...visitTables(context), ...visitConstraints(context) });
}

type TableKind =
  | "createSchema"
  | "dropSchema"
  | "createEnum"
  | "dropEnum"
  | "addEnumValues"
  | "replaceEnum"
  | "createTable"
  | "dropTable"
  | "renameTable"
  | "commentTable"
  | "addColumn"
  | "dropColumn"
  | "renameColumn"
  | "alterColumn"
  | "fillColumn"
  | "addStatement"
  | "dropStatement";

type Visitor = OperationVisitor<readonly Step[]>;

function visitTables(context: RenderContext): Pick<Visitor, TableKind> {
  const { database } = context;
  return {
    createSchema: ({ schema }) => [statement(`knex.schema.createSchemaIfNotExists(${quote(schema)})`)],
    dropSchema: ({ schema }) => [statement(`knex.schema.dropSchema(${quote(schema)})`)],
    createEnum: ({ type }) => [raw(buildCreateEnum(type), database)],
    dropEnum: ({ type }) => [raw(`drop type ${quoteTable(type.name)}`, database)],
    addEnumValues: (operation) => renderEnumValues(operation, context),
    replaceEnum: renderEnumReplacement,
    createTable: ({ table }) => renderNewTable({ table, database }),
    dropTable: ({ table }) => [renderDropTable(buildTableKey(table), context)],
    renameTable: (operation) => renderRenameTable(operation, database),
    commentTable: ({ table, after }) =>
      database === "sqlite" ? [] : [raw(buildCommentOnTable(table, after), database)],
    addColumn: (operation) => renderAddColumn(operation, context),
    dropColumn: ({ table, column }) => [renderDropColumn(table, column.name, context)],
    renameColumn: (operation) => [renderRenameColumn(operation, database)],
    alterColumn: (operation) => renderAlterColumn(operation, context),
    fillColumn: (operation) => renderFill(operation, context),
    addStatement: ({ statement: { up } }) => [raw(up, database)],
    dropStatement: ({ statement: { down } }) => [raw(down, database)],
  };
}

function visitConstraints(context: RenderContext): Omit<Visitor, TableKind> {
  return {
    addPrimaryKey: ({ table, primaryKey }) => [
      areNames(table, primaryKey.name, ...primaryKey.columns)
        ? line(table, "rest", renderPrimaryKey(primaryKey))
        : addInSql(table, { kind: "primaryKey", primaryKey }),
    ],
    dropPrimaryKey: ({ table, primaryKey: { name } }) => [
      areNames(table, name)
        ? line(table, "rest", `table.dropPrimary(${quote(name)})`)
        : dropInSql(table, name),
    ],
    addIndex: ({ table, index }) => [renderAddIndex(table, index, context)],
    dropIndex: ({ table, index }) => [renderDropIndex(table, index, context)],
    addForeignKey: ({ table, foreignKey }) => [
      isPlainKey(table) && isPlainForeignKey(foreignKey, context.database)
        ? line(table, "rest", renderForeignKey(foreignKey))
        : addInSql(table, { kind: "foreignKey", foreignKey }),
    ],
    dropForeignKey: ({ table, foreignKey: { columns, name } }) => [
      areNames(table, name, ...columns)
        ? line(table, "rest", `table.dropForeign(${quoteList(columns)}, ${quote(name)})`)
        : dropInSql(table, name),
    ],
    addCheck: ({ table, check }) => [
      isPlainKey(table) && isPlainCheck(check)
        ? line(table, "rest", renderCheck(check))
        : addInSql(table, { kind: "check", check }),
    ],
    dropCheck: ({ table, check: { name } }) => [
      areNames(table, name)
        ? line(table, "rest", `table.dropChecks(${quote(quoteUnlessPlain(name))})`)
        : dropInSql(table, name),
    ],
    renameConstraint: (operation) => renderRenameConstraint(operation, context),
  };
}

function areNames(table: string, ...names: readonly string[]): boolean {
  return isPlainKey(table) && names.every(isPlainToKnex);
}

function addInSql(table: string, constraint: Constraint): Step {
  return raw(buildAddConstraint(table, constraint), "postgres");
}

function dropInSql(table: string, name: string): Step {
  return raw(buildDropConstraint(table, name), "postgres");
}

function renderDropTable(table: string, { database }: RenderContext): Step {
  if (!isPlainKey(table)) return raw(`drop table ${quoteTable(table)}`, database);
  return statement(`${renderSchema(table)}.dropTable(${renderTableName(table)})`);
}

function renderDropColumn(table: string, column: string, { database }: RenderContext): Step {
  if (areNames(table, column)) return line(table, "rest", `table.dropColumn(${quote(column)})`);
  return raw(buildAlterTable(table, `drop column ${quoteName(column)}`), database);
}

function renderAddIndex(table: string, index: IndexSnapshot, { database }: RenderContext): Step {
  if (isPlainKey(table) && isPlainIndex(index, database)) return line(table, "rest", renderIndex(index));
  if (index.constraint && database === "postgres") return addInSql(table, { kind: "unique", index });
  return raw(buildIndex(table, index), database);
}

function renderDropIndex(table: string, index: IndexSnapshot, { database }: RenderContext): Step {
  const { name, constraint } = index;
  if (constraint && database === "postgres") return dropInSql(table, name);
  if (!isPlainKey(table) || !isPlainIndex(index, database)) return raw(buildDropIndex(table, name), database);
  return line(table, "rest", `table.dropIndex(${quoteList(namesIn(index))}, ${quote(name)})`);
}
