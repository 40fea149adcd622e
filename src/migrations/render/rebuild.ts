/**
 * What SQLite cannot alter in place.
 *
 * SQLite can add a column, rename one, and little else. For the rest a table is made anew, filled from the old one and
 * given its name. Knex does that by itself for most changes; what it cannot is written out here: another check, another
 * primary key, a column that starts or stops numbering the rows.
 *
 * Either way the old table is dropped while others refer to it, and with its foreign keys enforced SQLite would delete
 * or change the rows that do. Enforcement cannot be switched inside a transaction, so such a migration opens its own
 * with enforcement off; Knex looks for broken references before it commits (`sqlite-rebuild.ts.ejs`).
 */
import type { Operation, OperationVisitor } from "../operation.js";
import { visitOperation } from "../operation.js";
import type { TableSnapshot } from "../snapshot.js";
import { hasComputedDefault } from "./add-column.js";
import { hasChangedCheck } from "./check.js";
import { quote, quoteSqlName } from "./source.js";
import { line, statement, type Step } from "./step.js";
import { isNumbered, renderCreateTable, renderIndex } from "./table.js";

/** Is the table made anew, by Knex or by statements of ours? */
export function isRebuilding(operation: Operation): boolean {
  return visitOperation(operation, rebuilding);
}

const rebuilding: OperationVisitor<boolean> = {
  createSchema: () => false,
  dropSchema: () => false,
  createEnum: () => false,
  dropEnum: () => false,
  addEnumValues: () => false,
  replaceEnum: () => false,
  renameTable: () => false,
  commentTable: () => false,
  renameColumn: () => false,
  fillColumn: () => false,
  addCheck: () => true,
  dropCheck: () => true,
  renameConstraint: () => true,
  addStatement: () => false,
  dropStatement: () => false,
  createTable: () => false,
  dropTable: () => false,
  addColumn: ({ column }) => isNumbered(column) || hasComputedDefault(column),
  dropColumn: () => true,
  alterColumn: () => true,
  addPrimaryKey: () => true,
  dropPrimaryKey: () => true,
  addIndex: () => false,
  dropIndex: () => false,
  addForeignKey: () => true,
  dropForeignKey: () => true,
};

/** Is this something that Knex does not do on SQLite? */
export function needsOwnRebuild(operation: Operation): boolean {
  switch (operation.kind) {
    case "addPrimaryKey":
    case "dropPrimaryKey":
      return true;
    case "addColumn":
      return isNumbered(operation.column);
    case "alterColumn":
      return (
        isNumbered(operation.before) !== isNumbered(operation.after) ||
        hasChangedCheck(operation.before, operation.after, "sqlite")
      );
    default:
      return false;
  }
}

/** The steps that make a table anew and keep its rows. */
export function renderRebuild(before: TableSnapshot, after: TableSnapshot): readonly Step[] {
  const { name, indexes } = after;
  const temporary = `${name}_rebuilt`;
  return [
    statement(renderCreateTable({ ...after, indexes: [] }, "sqlite", temporary)),
    ...renderCopy(before, { ...after, name: temporary }),
    statement(`knex.schema.dropTable(${quote(name)})`),
    statement(`knex.schema.renameTable(${quote(temporary)}, ${quote(name)})`),
    ...indexes.map((index) => line(name, "rest", renderIndex(index))),
  ];
}

function renderCopy(before: TableSnapshot, after: TableSnapshot): readonly Step[] {
  const kept = before.columns.filter(({ name }) => after.columns.some((column) => column.name === name));
  if (kept.length === 0) return [];
  const columns = kept.map(({ name }) => quoteSqlName(name)).join(", ");
  const copy = `insert into ${quoteSqlName(after.name)} (${columns}) select ${columns} from ${quoteSqlName(before.name)}`;
  return [statement(`knex.raw(${quote(copy)})`)];
}
