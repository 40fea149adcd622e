import { failure } from "../../support/problem.js";
import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "../snapshot.js";
import { hasSameContent } from "../canonical-json.js";
import { buildTableKey } from "../table-key.js";
import { renderPath, renderSchema } from "./call.js";
import { renderCheckCall } from "./check.js";
import { renderColumn, renderComment } from "./column.js";
import { isKeyNumbered, isNumbered, isOnlyKeyColumn } from "./numbered-key.js";
import { isPlainIndex, isPlainTable } from "./plain.js";
import { type MigrationDatabase, indent, quote, quoteList, renderRaw } from "./source.js";
import { buildCommentOnColumn, buildCommentOnTable } from "./sql/comment.js";
import { buildIndex } from "./sql/constraint.js";
import { quoteName, quoteTable, quoteUnlessPlain } from "./sql/names.js";
import { buildCreateTable } from "./sql/table.js";
import { type Constraint, buildAddConstraint } from "./sql/alter.js";
import { type Step, raw, statement } from "./step.js";

export interface TableContext {
  readonly table: TableSnapshot;
  readonly database: MigrationDatabase;
  /** Columns that can only be required where the constant `isEmpty` says so. */
  readonly comebacks?: readonly string[];
}

/** The statements that create a table with its keys, indexes and comments. */
export function renderNewTable({ table, database }: TableContext): readonly Step[] {
  const isPlain = isPlainTable(table, database);
  const apart = table.indexes.filter(
    (index) => !index.constraint && !(isPlain && isPlainIndex(index, database)),
  );
  const indexes = table.indexes.filter((index) => !apart.includes(index));
  const late = database === "postgres" ? listLate({ ...table, indexes }) : [];
  const isLate = (object: object) => late.some((constraint) => Object.values(constraint).includes(object));
  const early = {
    ...table,
    indexes: indexes.filter((index) => !isLate(index)),
    foreignKeys: table.foreignKeys.filter((foreignKey) => !isLate(foreignKey)),
  };
  const create = renderCreateTable({ table: early, database });
  return [
    ...[create, ...apart.map((index) => renderRaw(buildIndex(buildTableKey(table), index), database))].map(
      statement,
    ),
    ...late.map((constraint) => raw(buildAddConstraint(buildTableKey(table), constraint), database)),
    ...renderComments(table, database, isPlain),
  ];
}

/** The constraints that PostgreSQL does not make together with the table. */
function listLate(table: TableSnapshot): readonly Constraint[] {
  const { indexes, foreignKeys } = table;
  return [
    ...indexes
      .filter((index) => isPassedOver(table, index))
      .map((index): Constraint => ({ kind: "unique", index })),
    ...foreignKeys
      .filter((foreignKey) => needsOwnIndex(table, foreignKey))
      .map((foreignKey): Constraint => ({ kind: "foreignKey", foreignKey })),
  ];
}

/** Of two constraints that say the same, PostgreSQL makes only the first in a new table. */
function isPassedOver({ primaryKey, indexes }: TableSnapshot, index: IndexSnapshot): boolean {
  const { columns, include, nullsNotDistinct, constraint } = index;
  const content = (key: Partial<IndexSnapshot>) => [key.columns, key.include, key.nullsNotDistinct];
  const earlier = indexes.slice(0, indexes.indexOf(index)).filter((other) => other.constraint);
  return (
    constraint === true &&
    [...(primaryKey ? [primaryKey] : []), ...earlier].some((key) =>
      hasSameContent(content(key), [columns, include, nullsNotDistinct]),
    )
  );
}

/** PostgreSQL wants the index of the table itself that a foreign key refers to first. */
function needsOwnIndex(table: TableSnapshot, { references }: ForeignKeySnapshot): boolean {
  const isOwn = references.table === buildTableKey(table);
  return (
    isOwn && [...references.columns].sort().join() !== [...(table.primaryKey?.columns ?? [])].sort().join()
  );
}

/** SQLite keeps no comments; Knex's builder writes those of columns. */
function renderComments(
  table: TableSnapshot,
  database: MigrationDatabase,
  isBuilt: boolean,
): readonly Step[] {
  if (database === "sqlite") return [];
  const key = buildTableKey(table);
  const ofColumns = isBuilt ? [] : table.columns.filter(({ comment }) => comment !== undefined);
  return [
    ...(table.comment === undefined ? [] : [buildCommentOnTable(key, table.comment)]),
    ...ofColumns.map(({ name, comment }) => buildCommentOnColumn(key, name, comment)),
  ].map((sql) => raw(sql, database));
}

/**
 * The statement that creates a table with its keys and those indexes that are given with it.
 *
 * @param name where the table is to have another name for a while
 * @throws AshlarError where a column numbers the rows in a way that SQLite cannot.
 */
export function renderCreateTable(context: TableContext, name = context.table.name): string {
  const { table, database } = context;
  if (!isPlainTable(table, database)) return renderTableInSql(context, name);
  const columns = table.columns.map((column) => renderTableColumn(context, column));
  const constraints = renderConstraints(table, database);
  return [
    `${renderSchema(buildTableKey(table))}.createTable(${quote(name)}, (table) => {`,
    ...indent(columns.map((line) => `${line};`)),
    ...(constraints.length > 0 ? ["", ...indent(constraints.map((line) => `${line};`))] : []),
    "})",
  ].join("\n");
}

function renderTableInSql({ table, database, comebacks }: TableContext, name: string): string {
  const as = name === table.name ? quoteTable(buildTableKey(table)) : quoteName(name);
  const create = renderRaw(buildCreateTable({ table, database, as }), database);
  if (!comebacks) return create;
  const columns = table.columns.map((column) =>
    comebacks.includes(column.name) ? { ...column, nullable: true } : column,
  );
  const bare = renderRaw(buildCreateTable({ table: { ...table, columns }, database, as }), database);
  return `(isEmpty ? ${create} : ${bare})`;
}

function renderConstraints(table: TableSnapshot, database: MigrationDatabase): readonly string[] {
  const { primaryKey, checks = [] } = table;
  const key = buildTableKey(table);
  const ofColumns = table.columns.map((column) => renderCheckCall({ table: key, column, database }));
  return [
    ...(primaryKey && !isKeyNumbered(table, database) ? [renderPrimaryKey(primaryKey)] : []),
    ...table.foreignKeys.map(renderForeignKey),
    ...table.indexes.map(renderIndex),
    ...ofColumns.filter((check) => check !== undefined),
    ...checks.map(renderCheck),
  ];
}

function renderTableColumn({ table, database, comebacks }: TableContext, column: ColumnSnapshot): string {
  const isComeback = comebacks?.includes(column.name) ?? false;
  if (!isNumbered(column)) {
    const place = { table: buildTableKey(table), column, database };
    return renderColumn(isComeback ? { ...place, requiredWhere: "isEmpty" } : place);
  }
  if (database === "sqlite" && !isOnlyKeyColumn(table, column)) throw numberingError(table, column);
  return renderIncrements(column, isKeyNumbered(table, database));
}

/** The column that numbers its rows; Knex makes it the primary key by itself unless told not to. */
export function renderIncrements(column: ColumnSnapshot, isPrimaryKey: boolean): string {
  const method = column.type.kind === "bigint" ? "bigIncrements" : "increments";
  const options = isPrimaryKey ? "" : ", { primaryKey: false }";
  const comment = column.comment === undefined ? "" : renderComment(column.comment);
  return `table.${method}(${quote(column.name)}${options})${comment}`;
}

function numberingError(table: TableSnapshot, column: ColumnSnapshot): Error {
  return failure({
    code: "migration.increment.unsupported",
    message: `SQLite numbers only a column that is the whole primary key; "${column.name}" of "${table.name}" is not.`,
    hint: `Make "${column.name}" the only primary key, or let it be an ordinary integer.`,
  });
}

/** `table.primary(["user_id", "task_id"], "user_tasks_pkey")` */
export function renderPrimaryKey({ name, columns }: PrimaryKeySnapshot): string {
  // The name stands alone: SQLite's compiler does not read the object with `constraintName`.
  return `table.primary(${quoteList(columns)}, ${quote(name)})`;
}

/** `table.index(["task_id"], "user_tasks_task_id_index")`; a unique one is an index too unless it says otherwise. */
export function renderIndex(index: IndexSnapshot): string {
  const { name, unique, constraint = false } = index;
  const names = quoteList(namesIn(index));
  if (!unique) return `table.index(${names}, ${quote(name)})`;
  return `table.unique(${names}, { indexName: ${quote(name)}, useConstraint: ${String(constraint)} })`;
}

/** The columns that the index holds by their names: all, where it is plain. */
export function namesIn({ columns }: IndexSnapshot): readonly string[] {
  return columns.filter((column) => typeof column === "string");
}

/** `table.foreign("user_id", "user_tasks_user_id_fkey").references("id").inTable("users").onDelete("cascade")` */
export function renderForeignKey(foreignKey: ForeignKeySnapshot): string {
  const { name, columns, references, onDelete, onUpdate, deferrable } = foreignKey;
  return [
    `table.foreign(${quoteColumns(columns)}, ${quote(name)})`,
    `.references(${quoteColumns(references.columns)})`,
    `.inTable(${renderPath(references.table)})`,
    onDelete === "no action" ? "" : `.onDelete(${quote(onDelete)})`,
    onUpdate === undefined ? "" : `.onUpdate(${quote(onUpdate)})`,
    deferrable === undefined ? "" : `.deferrable(${quote(deferrable.replace("initially ", ""))})`,
  ].join("");
}

/** `table.check("total >= 0", {}, "orders_total_check")` */
export function renderCheck({ name, sql }: CheckSnapshot): string {
  return `table.check(${quote(sql)}, {}, ${quote(quoteUnlessPlain(name))})`;
}

/** A single column stands alone, as Knex's documentation writes it. */
function quoteColumns(columns: readonly string[]): string {
  const [first, ...rest] = columns;
  return first !== undefined && rest.length === 0 ? quote(first) : quoteList(columns);
}
