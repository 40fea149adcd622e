/*
 * Steps outside of a transaction, on tables that others write to meanwhile. Each can be run again after a run that was
 * broken off: it finds what it was to make half made, made, or not there.
 */
import { checkName } from "../../support/constraint-names.js";
import { hasSameContent } from "../canonical-json.js";
import { findLostValues } from "../enum-types.js";
import type { OperationOf } from "../operation.js";
import { parseTableKey } from "../table-key.js";
import { buildColumnCheck } from "./check.js";
import { buildColumnChange } from "./column-change.js";
import type { RenderContext } from "./context.js";
import { buildAddedValues, renderEnumGuards } from "./enum.js";
import { buildFill } from "./fill.js";
import { renderKept } from "./kept-values.js";
import { renderOperation } from "./operation.js";
import { renderAddIndex, renderDropIndex, renderReplacedIndex, toIndex } from "./lock-safe/indexes.js";
import { postgres, renderBrief, renderDropIfThere, renderInTransaction } from "./lock-safe/steps.js";
import { type Constraint, buildAddAnewNotValid, buildAlterTable, buildValidate } from "./sql/alter.js";
import { quoteName } from "./sql/names.js";
import { findConstraint } from "./start.js";
import type { Step } from "./step.js";
import type { Task } from "./task.js";

/** The steps that carry out a task without a transaction around them. */
export function renderOutside({ operation, part, replaced }: Task, context: RenderContext): readonly Step[] {
  const constraint = findConstraint(operation);
  if (part === "finish")
    return constraint ? [postgres(buildValidate(constraint.table, constraint.name))] : [];
  if (part === "guard") return operation.kind === "replaceEnum" ? renderEarlyGuards(operation, context) : [];
  switch (operation.kind) {
    case "addIndex":
    case "addPrimaryKey":
      return replaced
        ? renderReplacedIndex(toIndex(replaced), toIndex(operation))
        : renderAddIndex(toIndex(operation));
    case "dropIndex":
    case "dropPrimaryKey":
      return [renderDropIndex(toIndex(operation))];
    case "addForeignKey":
    case "addCheck":
      return constraint ? renderAnew(constraint.table, constraint.name, constraint.constraint) : [];
    case "dropForeignKey":
      return [renderDropIfThere(operation.table, operation.foreignKey.name)];
    case "dropCheck":
      return [renderDropIfThere(operation.table, operation.check.name)];
    case "alterColumn":
      return renderAlterColumn(operation, context);
    case "fillColumn":
      return [postgres(buildFill(operation))];
    case "addEnumValues":
      return renderEnumValues(operation, context);
    default:
      return renderOperation(operation, context);
  }
}

/** Of the columns that have their name and type already: what else is done before may be to rename one. */
function renderEarlyGuards(
  operation: OperationOf<"replaceEnum">,
  { schema }: RenderContext,
): readonly Step[] {
  const uses = operation.uses.filter(({ table, column }) =>
    schema
      .get(table)
      ?.columns.some((each) => each.name === column.name && hasSameContent(each.type, column.type)),
  );
  return renderEnumGuards({ ...operation, uses });
}

/** In one statement, so that no row slips in between, then the look at the rows that are there. */
function renderAnew(table: string, name: string, constraint: Constraint): readonly Step[] {
  return [renderBrief(buildAddAnewNotValid(table, name, constraint)), postgres(buildValidate(table, name))];
}

/** An alteration that leaves the type (see `split.ts`). The words a column is kept to have to have its default. */
function renderAlterColumn(operation: OperationOf<"alterColumn">, context: RenderContext): readonly Step[] {
  const change = buildColumnChange(operation, "postgres");
  return [
    ...(context.direction === "down" ? renderKept(change) : []),
    ...(change.parts.check ? renderWords(operation) : []),
    ...(change.parts.default || change.parts.comment
      ? [renderInTransaction(renderOperation(withoutLooks(operation), context))]
      : []),
    ...(change.parts.nullable ? renderNullability(operation) : []),
  ];
}

/** What of the alteration needs no look at the rows. */
function withoutLooks(operation: OperationOf<"alterColumn">): OperationOf<"alterColumn"> {
  const { before, after } = operation;
  return { ...operation, before: { ...before, type: after.type, nullable: after.nullable } };
}

function renderWords({ table, before, after }: OperationOf<"alterColumn">): readonly Step[] {
  const old = buildColumnCheck({ table, column: before, database: "postgres" });
  const check = buildColumnCheck({ table, column: after, database: "postgres" });
  if (check) return renderAnew(table, check.name, { kind: "check", check });
  return old ? [renderDropIfThere(table, old.name)] : [];
}

/** Once a check is known to hold, PostgreSQL sets NOT NULL without a look at the rows. */
function renderNullability({ table, after }: OperationOf<"alterColumn">): readonly Step[] {
  const column = `alter column ${quoteName(after.name)}`;
  if (after.nullable) return [renderBrief(buildAlterTable(table, `${column} drop not null`))];
  const name = checkName(parseTableKey(table).name, `${after.name}_not_null`);
  const check = { name, sql: `${quoteName(after.name)} is not null` };
  return [
    ...renderAnew(table, name, { kind: "check", check }),
    renderInTransaction(
      [
        buildAlterTable(table, `${column} set not null`),
        buildAlterTable(table, `drop constraint if exists ${quoteName(name)}`),
      ].map(postgres),
    ),
  ];
}

function renderEnumValues(operation: OperationOf<"addEnumValues">, context: RenderContext): readonly Step[] {
  const { before, after } = operation;
  if (findLostValues(before, after).length === 0) return buildAddedValues(before, after).map(postgres);
  return [renderInTransaction(renderOperation(operation, context))];
}
