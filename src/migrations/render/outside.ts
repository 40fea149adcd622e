/*
 * Steps outside of a transaction, on tables that others write to meanwhile. Each can be run again after a run that was
 * broken off: it finds what it was to make half made, made, or not there.
 */
import { checkName } from "../../support/constraint-names.js";
import { findLostValues } from "../enum-types.js";
import type { OperationOf } from "../operation.js";
import type { IndexSnapshot } from "../snapshot.js";
import { parseTableKey } from "../table-key.js";
import { buildColumnCheck } from "./check.js";
import { buildColumnChange } from "./column-change.js";
import type { RenderContext } from "./context.js";
import { buildAddedValues } from "./enum.js";
import { buildFill } from "./fill.js";
import { renderKept } from "./kept-values.js";
import { renderOperation } from "./operation.js";
import { indent, quote } from "./source.js";
import { type Constraint, buildAddAnewNotValid, buildAlterTable, buildValidate } from "./sql/alter.js";
import { buildIndex } from "./sql/constraint.js";
import { quoteBeside, quoteName, quoteTable, quoteText } from "./sql/names.js";
import { protectQuestionMarks } from "./sql/question-marks.js";
import { findConstraint } from "./start.js";
import { type Step, joinSteps, raw, source } from "./step.js";
import type { Task } from "./task.js";

/** The steps that carry out a task without a transaction around them. */
export function renderOutside({ operation, part }: Task, context: RenderContext): readonly Step[] {
  const constraint = findConstraint(operation);
  if (part === "finish")
    return constraint ? [postgres(buildValidate(constraint.table, constraint.name))] : [];
  switch (operation.kind) {
    case "addIndex":
      return renderAddIndex(operation);
    case "dropIndex":
      return [renderDropIndex(operation)];
    case "addPrimaryKey":
      return renderAddPrimaryKey(operation);
    case "dropPrimaryKey":
      return [renderDropIfThere(operation.table, operation.primaryKey.name)];
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

function postgres(sql: string): Step {
  return raw(sql, "postgres");
}

function renderDropIfThere(table: string, name: string): Step {
  return renderBrief(buildAlterTable(table, `drop constraint if exists ${quoteName(name)}`));
}

/**
 * What needs a table for itself for a moment. Whoever comes while it waits for that waits behind it, so it gives up after
 * some seconds; the whole file can be run again.
 */
function renderBrief(sql: string): Step {
  return renderInTransaction([postgres(sql)]);
}

function renderInTransaction(steps: readonly Step[]): Step {
  const timeout = postgres("set local lock_timeout = '5s'");
  return source(
    ["await knex.transaction(async (knex) => {", ...indent(joinSteps([timeout, ...steps])), "});"].join("\n"),
  );
}

/** In one statement, so that no row slips in between, then the look at the rows that are there. */
function renderAnew(table: string, name: string, constraint: Constraint): readonly Step[] {
  return [renderBrief(buildAddAnewNotValid(table, name, constraint)), postgres(buildValidate(table, name))];
}

function renderAddIndex({ table, index }: OperationOf<"addIndex">): readonly Step[] {
  return [
    ...renderBuiltIndex(table, index),
    ...(index.constraint ? [renderUsingIndex(table, index.name, "unique")] : []),
  ];
}

function renderAddPrimaryKey({ table, primaryKey }: OperationOf<"addPrimaryKey">): readonly Step[] {
  const { name, columns } = primaryKey;
  return [
    ...renderBuiltIndex(table, { name, columns, unique: true }),
    renderUsingIndex(table, name, "primary key"),
  ];
}

function renderBuiltIndex(table: string, index: IndexSnapshot): readonly Step[] {
  const name = quoteBeside(table, index.name);
  const isInvalid = `indexrelid = to_regclass(${quoteText(name)}) and not indisvalid`;
  return [
    source(
      [
        `// An index whose making was broken off has the name, and is of no use.`,
        `if (await ${renderQuery("pg_index", isInvalid)}) {`,
        ...indent(joinSteps([postgres(`drop index concurrently if exists ${name}`)])),
        "}",
      ].join("\n"),
    ),
    postgres(buildIndex(table, index, { concurrently: true })),
  ];
}

/** The index becomes the constraint's own, which cannot be done twice. */
function renderUsingIndex(table: string, name: string, kind: "unique" | "primary key"): Step {
  const isThere = `conrelid = to_regclass(${quoteText(quoteTable(table))}) and conname = ${quoteText(name)}`;
  const change = `add constraint ${quoteName(name)} ${kind} using index ${quoteName(name)}`;
  return source(
    [
      `if (!(await ${renderQuery("pg_constraint", isThere)})) {`,
      ...indent(joinSteps([renderBrief(buildAlterTable(table, change))])),
      "}",
    ].join("\n"),
  );
}

function renderQuery(table: string, condition: string): string {
  return `knex(${quote(table)}).whereRaw(${quote(protectQuestionMarks(condition, "postgres"))}).first()`;
}

function renderDropIndex({ table, index }: OperationOf<"dropIndex">): Step {
  return index.constraint
    ? renderDropIfThere(table, index.name)
    : postgres(`drop index concurrently if exists ${quoteBeside(table, index.name)}`);
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
