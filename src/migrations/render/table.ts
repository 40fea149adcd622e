import { failure } from "../../support/problem.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "../snapshot.js";
import { renderCheckCall } from "./check.js";
import { renderColumn, renderComment } from "./column.js";
import { type MigrationDatabase, indent, quote, quoteList } from "./source.js";

/**
 * The statement that creates a table with its keys and indexes.
 *
 * @param name where the table is to have another name for a while
 * @throws AshlarError where a column numbers the rows in a way that SQLite cannot.
 */
export function renderCreateTable(
  table: TableSnapshot,
  database: MigrationDatabase,
  name = table.name,
): string {
  const columns = table.columns.map((column) => renderTableColumn(table, column, database));
  const constraints = renderConstraints(table, database);
  return [
    `knex.schema.createTable(${quote(name)}, (table) => {`,
    ...indent(columns.map((line) => `${line};`)),
    ...(constraints.length > 0 ? ["", ...indent(constraints.map((line) => `${line};`))] : []),
    "})",
  ].join("\n");
}

function renderConstraints(table: TableSnapshot, database: MigrationDatabase): readonly string[] {
  const { primaryKey } = table;
  const checks = table.columns.map((column) => renderCheckCall({ table: table.name, column, database }));
  return [
    ...(primaryKey && !isKeyNumbered(table, database) ? [renderPrimaryKey(primaryKey)] : []),
    ...table.foreignKeys.map(renderForeignKey),
    ...table.indexes.map(renderIndex),
    ...checks.filter((check) => check !== undefined),
  ];
}

function renderTableColumn(
  table: TableSnapshot,
  column: ColumnSnapshot,
  database: MigrationDatabase,
): string {
  if (!isNumbered(column)) return renderColumn({ table: table.name, column, database });
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

/** Is the primary key a column that numbers the rows, and written with it? */
function isKeyNumbered(table: TableSnapshot, database: MigrationDatabase): boolean {
  // PostgreSQL then names the key itself, and a long name another way than ashlar; SQLite keeps no name at all.
  const hasOwnName = database === "sqlite" || table.primaryKey?.name === `${table.name}_pkey`;
  return hasOwnName && table.columns.some((column) => isNumbered(column) && isOnlyKeyColumn(table, column));
}

export function isNumbered(column: ColumnSnapshot): boolean {
  return column.default?.kind === "increment";
}

function isOnlyKeyColumn({ primaryKey }: TableSnapshot, { name }: ColumnSnapshot): boolean {
  return primaryKey?.columns.length === 1 && primaryKey.columns[0] === name;
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

/** `table.index(["task_id"], "user_tasks_task_id_index")`; a unique one is an index too, not a constraint. */
export function renderIndex({ name, columns: keys, unique }: IndexSnapshot): string {
  const columns = keys.filter((key) => typeof key === "string");
  if (!unique) return `table.index(${quoteList(columns)}, ${quote(name)})`;
  return `table.unique(${quoteList(columns)}, { indexName: ${quote(name)}, useConstraint: false })`;
}

/** `table.foreign("user_id", "user_tasks_user_id_fkey").references("id").inTable("users").onDelete("cascade")` */
export function renderForeignKey({ name, columns, references, onDelete }: ForeignKeySnapshot): string {
  return [
    `table.foreign(${quoteColumns(columns)}, ${quote(name)})`,
    `.references(${quoteColumns(references.columns)})`,
    `.inTable(${quote(references.table)})`,
    onDelete === "no action" ? "" : `.onDelete(${quote(onDelete)})`,
  ].join("");
}

/** A single column stands alone, as Knex's documentation writes it. */
function quoteColumns(columns: readonly string[]): string {
  const [first, ...rest] = columns;
  return first !== undefined && rest.length === 0 ? quote(first) : quoteList(columns);
}
