import { keepsValues } from "../keeps-values.js";
import { findIndexColumns } from "../index-columns.js";
import type { ColumnSnapshot, Snapshot } from "../snapshot.js";
import { buildColumnCheck } from "./check.js";
import type { ColumnChange } from "./column-change.js";
import { isNumbered } from "./numbered-key.js";
import { renderNumberingChange } from "./numbering.js";
import { buildAddConstraint, buildAlterTable, buildDropConstraint } from "./sql/alter.js";
import { buildColumn, buildIdentity, quoteSequence } from "./sql/column.js";
import { buildCommentOnColumn } from "./sql/comment.js";
import { buildIndex } from "./sql/constraint.js";
import { buildDefault } from "./sql/default.js";
import { quoteName, quoteTable, quoteText } from "./sql/names.js";
import { buildType, isStoredByChoice } from "./sql/type.js";
import { isGeneratedAlike } from "../is-generated-alike.js";
import { type Step, raw } from "./step.js";

/** The steps that alter a column of PostgreSQL where Knex's builder has no words for it. */
export function renderAlterInSql(change: ColumnChange, schema: Snapshot): readonly Step[] {
  if (needsNewColumn(change)) return buildNewColumn(change, schema).map(postgres);
  if (isFreed(change)) return renderFreed(change, schema);
  // Beside a change of type, PostgreSQL would look at the identity that is to go.
  const changes = [buildMakingChange(change.before, change.after), buildClauses(change)];
  return [
    ...[
      ...buildCheckDrop(change),
      ...changes.flatMap((clauses) =>
        clauses.length > 0 ? [buildAlterTable(change.table, ...clauses)] : [],
      ),
      ...buildComment(change),
      ...buildCheckAdd(change),
      ...buildIdentityStart(change),
    ].map(postgres),
    // The sequence of an identity may have the name of the one that numbered the rows.
    ...(change.after.default?.kind === "identity" ? [] : renderNumberingChange(change)),
  ];
}

function postgres(sql: string): Step {
  return raw(sql, "postgres");
}

/** PostgreSQL lets no column start to be worked out, and only its newest versions let one be worked out otherwise. */
function needsNewColumn({ before, after }: ColumnChange): boolean {
  return after.generatedAs !== undefined && !isGeneratedAlike(before, after);
}

/** Does what was worked out when it was read become a column of its own? */
function isFreed({ before, after }: ColumnChange): boolean {
  return before.virtual === true && after.generatedAs === undefined;
}

/** PostgreSQL lets a column keep only what was stored, so it is stored first. */
function renderFreed(change: ColumnChange, schema: Snapshot): readonly Step[] {
  const { virtual: _, ...stored } = change.before;
  return [
    ...buildNewColumn({ ...change, after: stored }, schema).map(postgres),
    ...renderAlterInSql({ ...change, before: stored }, schema),
  ];
}

/** The indexes go with the old column. */
function buildNewColumn({ table, before, after }: ColumnChange, schema: Snapshot): readonly string[] {
  const indexes = schema.get(table)?.indexes ?? [];
  const lost = indexes.filter((index) => findIndexColumns(index).includes(before.name));
  return [
    buildAlterTable(table, `drop column ${quoteName(before.name)}`),
    buildAlterTable(table, `add column ${buildColumn(after, "postgres")}`),
    ...(after.comment === undefined ? [] : [buildCommentOnColumn(table, after.name, after.comment)]),
    ...lost.map((index) => buildIndex(table, index)),
  ];
}

/** A default is of the old type, and so goes before the type changes and comes back after. */
function buildClauses(change: ColumnChange): readonly string[] {
  const { before, after, parts } = change;
  const column = `alter column ${quoteName(after.name)}`;
  const isChanged = parts.default || parts.type;
  const hadDefault = buildDefault(before, "postgres") !== undefined || isNumbered(before);
  const columnDefault = isChanged ? buildDefault(after, "postgres") : undefined;
  return [
    ...(isChanged && hadDefault ? [`${column} drop default`] : []),
    ...(parts.type ? [`${column} type ${buildCast(change)}`] : []),
    ...(columnDefault === undefined ? [] : [`${column} set default ${columnDefault}`]),
    ...(parts.nullable ? [`${column} ${after.nullable ? "drop" : "set"} not null`] : []),
  ];
}

/** What made the values of before makes them no longer. */
function buildMakingChange(before: ColumnSnapshot, after: ColumnSnapshot): readonly string[] {
  const column = `alter column ${quoteName(after.name)}`;
  const [from, to] = [before.default, after.default];
  if (from?.kind === "identity" && to?.kind === "identity") {
    return from.always === to.always
      ? []
      : [`${column} set generated ${to.always ? "always" : "by default"}`];
  }
  if (from?.kind === "identity") return [`${column} drop identity`];
  return before.generatedAs !== undefined && after.generatedAs === undefined
    ? [`${column} drop expression`]
    : [];
}

function buildCast({ before, after, needsCast, using }: ColumnChange): string {
  const [name, type] = [quoteName(after.name), buildType(after.type, "postgres")];
  if (using !== undefined) return `${type} using (${using})`;
  // Through its text a value would be written anew.
  const isKept = keepsValues(buildType(before.type, "postgres"), type);
  const isChosen = isStoredByChoice(before.type) || isStoredByChoice(after.type);
  const isText = needsCast || (isChosen && !isKept);
  const areArrays = before.type.kind === "array" && after.type.kind === "array";
  return `${type} using (${name}${isText ? `::text${areArrays ? "[]" : ""}` : ""}::${type})`;
}

function buildCheckDrop({ table, before, parts }: ColumnChange): readonly string[] {
  const check = parts.check ? buildColumnCheck({ table, column: before, database: "postgres" }) : undefined;
  return check ? [buildDropConstraint(table, check.name)] : [];
}

function buildCheckAdd({ table, after, parts }: ColumnChange): readonly string[] {
  const check = parts.check ? buildColumnCheck({ table, column: after, database: "postgres" }) : undefined;
  return check ? [buildAddConstraint(table, { kind: "check", check })] : [];
}

function buildComment({ table, after, parts }: ColumnChange): readonly string[] {
  return parts.comment ? [buildCommentOnColumn(table, after.name, after.comment)] : [];
}

/** The numbers go on after the highest that is there. */
function buildIdentityStart({ table, before, after }: ColumnChange): readonly string[] {
  if (after.default?.kind !== "identity" || before.default?.kind === "identity") return [];
  const [name, place] = [quoteName(after.name), quoteTable(table)];
  const sequence = `pg_get_serial_sequence(${quoteText(place)}, ${quoteText(after.name)})`;
  return [
    ...(isNumbered(before) ? [buildSequenceDrop(table, before.name)] : []),
    buildAlterTable(table, `alter column ${name} add ${buildIdentity(after.default.always)}`),
    `select setval(${sequence}, coalesce(max(${name}), 0) + 1, false) from ${place}`,
  ];
}

function buildSequenceDrop(table: string, column: string): string {
  return `drop sequence if exists ${quoteSequence(table, column)}`;
}
