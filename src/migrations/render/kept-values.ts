/*
 * The way down stops where it would change what rows hold: values that do not fit the type of before, a word that an
 * enum did not have, a column without a value that has to have one.
 */
import type { AttributeType } from "../../runtime/attribute-type.js";
import { buildColumnCheck } from "./check.js";
import type { ColumnChange } from "./column-change.js";
import { renderGuard } from "./guard.js";
import { quoteName } from "./sql/names.js";
import { buildType } from "./sql/type.js";
import type { Step } from "./step.js";

/** The steps that stop the way down while rows hold what it could not keep. */
export function renderKept(change: ColumnChange): readonly Step[] {
  const { table, database, after } = change;
  const conditions = [describeRequired(change), describeWords(change), describeFit(change)];
  return conditions.flatMap((condition) => {
    if (!condition) return [];
    const message = `The column "${after.name}" of "${table}" ${condition.has}, which it could not keep. Change these rows first.`;
    return [renderGuard({ table, where: condition.where, message }, database)];
  });
}

interface Condition {
  readonly where: string;
  readonly has: string;
}

function describeRequired({ before, after }: ColumnChange): Condition | undefined {
  if (!before.nullable || after.nullable) return undefined;
  return { where: `${quoteName(after.name)} is null`, has: "has rows without a value" };
}

function describeWords({ table, before, after, database, parts }: ColumnChange): Condition | undefined {
  const check = parts.check && before.type.kind === after.type.kind;
  const kept = check ? buildColumnCheck({ table, column: after, database }) : undefined;
  if (!kept) return undefined;
  const name = quoteName(after.name);
  // PostgreSQL compares words with words alone, and the values may be of any type as yet.
  const sql =
    areTexts(before.type) || database === "sqlite" ? kept.sql : withText(kept.sql, name, after.type);
  return { where: `not (${sql})`, has: "holds words that it did not have before" };
}

function areTexts(type: AttributeType): boolean {
  const items = type.kind === "array" ? type.of : type;
  const isList = items.kind === "enum" && items.native === undefined;
  return items.kind === "text" || isList || (type.kind !== "array" && type.kind === "string");
}

function withText(sql: string, name: string, { kind }: AttributeType): string {
  return sql.replace(name, () => `${name}::text${kind === "array" ? "[]" : ""}`);
}

function describeFit({ before, after, database, parts, using }: ColumnChange): Condition | undefined {
  if (database === "sqlite" || !parts.type || using !== undefined) return undefined;
  if (!canLose(before.type, after.type)) return undefined;
  const name = quoteName(after.name);
  const [from, to] = [buildType(before.type, database), buildType(after.type, database)];
  return { where: `${name}::${to}::${from} is distinct from ${name}`, has: "holds values that do not fit" };
}

/** Does a cast change values without a word? What PostgreSQL refuses by itself needs no guard. */
function canLose(from: AttributeType, to: AttributeType): boolean {
  const pair = `${from.kind} ${to.kind}`;
  if (to.kind === "string") return from.kind === "text" || (from.kind === "string" && isShorter(from, to));
  if (to.kind === "decimal")
    return ["decimal decimal", "float decimal"].includes(pair) && to.precision !== undefined;
  return [
    "float integer",
    "float bigint",
    "decimal integer",
    "decimal bigint",
    "datetime date",
    "datetime time",
  ].includes(pair);
}

type StringType = Extract<AttributeType, { kind: "string" }>;

function isShorter(from: StringType, to: StringType): boolean {
  return (to.length ?? 255) < (from.length ?? 255);
}
