/*
 * Indexes, and the keys that stand on them, beside the writes of others. Where one takes the name of another, or its
 * place as the primary key, it is built beside it under a name of its own, so that the rows are never without either.
 */
import { replacementName } from "../../../support/constraint-names.js";
import type { Operation, OperationOf } from "../../operation.js";
import type { IndexSnapshot } from "../../snapshot.js";
import { indent, quote } from "../source.js";
import { buildAlterTable } from "../sql/alter.js";
import { buildIndex } from "../sql/constraint.js";
import { quoteBeside, quoteName, quoteTable, quoteText } from "../sql/names.js";
import { protectQuestionMarks } from "../sql/question-marks.js";
import { type Step, joinSteps, source } from "../step.js";
import { buildDropIfThere, postgres, renderBrief, renderDropIfThere, renderInTransaction } from "./steps.js";

/** An index of a table, and the constraint that it is there for. */
export interface BuiltIndex {
  readonly table: string;
  readonly index: IndexSnapshot;
  readonly constraint?: "unique" | "primary key";
}

/** An operation on an index, or on a key that stands on one. */
export type IndexOperation = OperationOf<"addIndex" | "dropIndex" | "addPrimaryKey" | "dropPrimaryKey">;

export function isIndexOperation(operation: Operation): operation is IndexOperation {
  return "index" in operation || "primaryKey" in operation;
}

export function isIndexAdded(operation: Operation): operation is OperationOf<"addIndex" | "addPrimaryKey"> {
  return operation.kind === "addIndex" || operation.kind === "addPrimaryKey";
}

export function isIndexDropped(
  operation: Operation,
): operation is OperationOf<"dropIndex" | "dropPrimaryKey"> {
  return operation.kind === "dropIndex" || operation.kind === "dropPrimaryKey";
}

/** The index that the operation adds or drops. */
export function toIndex(operation: IndexOperation): BuiltIndex {
  const { table } = operation;
  if ("primaryKey" in operation)
    return { table, index: { ...operation.primaryKey, unique: true }, constraint: "primary key" };
  const { index } = operation;
  return { table, index, ...(index.constraint && { constraint: "unique" }) };
}

export function renderAddIndex({ table, index, constraint }: BuiltIndex): readonly Step[] {
  return [
    ...renderUnlessBuilt(table, index),
    ...(constraint ? [renderUnlessThere(table, index.name, buildUsing(index.name, constraint))] : []),
  ];
}

export function renderDropIndex({ table, index, constraint }: BuiltIndex): Step {
  return constraint ? renderDropIfThere(table, index.name) : dropConcurrently(table, index.name);
}

/**
 * The new index under a name of its own, then the old one's place for it. What an earlier run left under that name may
 * be half built, or of another migration, and goes first.
 */
export function renderReplacedIndex(old: BuiltIndex, given: BuiltIndex): readonly Step[] {
  const { table, index } = given;
  const aside = { ...index, name: replacementName(index.name) };
  return [
    dropConcurrently(table, aside.name),
    postgres(buildIndex(table, aside, { concurrently: true })),
    ...(given.constraint ? [renderConstraintOver(old, given, aside.name)] : renderRenamed(old, aside.name)),
  ];
}

function renderConstraintOver(old: BuiltIndex, { table, index, constraint }: BuiltIndex, from: string): Step {
  const names = new Set([old.index.name, index.name]);
  const drops = buildAlterTable(table, ...[...names].map(buildDropIfThere));
  const add = buildUsing(index.name, constraint, from);
  if (old.constraint) return renderBrief(`${drops}, ${add}`);
  const dropIndex = `drop index if exists ${quoteBeside(table, index.name)}`;
  return renderInTransaction([drops, dropIndex, buildAlterTable(table, add)].map(postgres));
}

/** The second run finds an index where the first found a constraint. */
function renderRenamed({ table, index: { name }, constraint }: BuiltIndex, from: string): readonly Step[] {
  return [
    ...(constraint ? [renderDropIfThere(table, name)] : []),
    dropConcurrently(table, name),
    renderBrief(`alter index ${quoteBeside(table, from)} rename to ${quoteName(name)}`),
  ];
}

function dropConcurrently(table: string, name: string): Step {
  return postgres(`drop index concurrently if exists ${quoteBeside(table, name)}`);
}

/** The index becomes the constraint's own, and has its name from then on. */
function buildUsing(name: string, constraint: BuiltIndex["constraint"] = "unique", index = name): string {
  return `add constraint ${quoteName(name)} ${constraint} using index ${quoteName(index)}`;
}

function renderUnlessBuilt(table: string, index: IndexSnapshot): readonly Step[] {
  const isInvalid = `indexrelid = to_regclass(${quoteText(quoteBeside(table, index.name))}) and not indisvalid`;
  return [
    source(
      [
        `// An index whose making was broken off has the name, and is of no use.`,
        `if (await ${renderQuery("pg_index", isInvalid)}) {`,
        ...indent(joinSteps([dropConcurrently(table, index.name)])),
        "}",
      ].join("\n"),
    ),
    postgres(buildIndex(table, index, { concurrently: true })),
  ];
}

/** What cannot be done twice. */
function renderUnlessThere(table: string, name: string, change: string): Step {
  const isThere = `conrelid = to_regclass(${quoteText(quoteTable(table))}) and conname = ${quoteText(name)}`;
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
