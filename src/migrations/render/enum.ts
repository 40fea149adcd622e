import { findEnumUses, findLostValues, withEnum } from "../enum-types.js";
import { nameColumn } from "../expand-operations.js";
import { findIndexColumns, hasIndexSql } from "../index-columns.js";
import type { EnumSnapshot, EnumUse, OperationOf } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import { isNamedIn } from "../sql-words.js";
import type { RenderContext } from "./context.js";
import { renderGuard } from "./guard.js";
import { buildAddConstraint, buildAlterTable, buildDropConstraint, buildDropIndex } from "./sql/alter.js";
import { buildIndex } from "./sql/constraint.js";
import { buildDefault } from "./sql/default.js";
import { quoteBeside, quoteName, quoteTable, quoteText } from "./sql/names.js";
import { buildType } from "./sql/type.js";
import { parseTableKey } from "../table-key.js";
import { type Step, raw } from "./step.js";

/** `create type "task_state" as enum ('open', 'done')` */
export function buildCreateEnum({ name, values }: EnumSnapshot): string {
  return `create type ${quoteTable(name)} as enum (${values.map(quoteText).join(", ")})`;
}

/** The steps that give an enum type more words, each at its place, or on the way back fewer. */
export function renderEnumValues(
  { before, after }: OperationOf<"addEnumValues">,
  { schema }: RenderContext,
): readonly Step[] {
  if (findLostValues(before, after).length === 0) return buildAddedValues(before, after).map(postgres);
  const uses = findEnumUses(schema, before.name);
  const holders = findHolders(schema, uses);
  return [
    ...holders.map(({ drop }) => postgres(drop)),
    ...renderEnumReplacement({ before, after, uses }),
    ...holders.map(({ add }) => postgres(add)),
  ];
}

/** The statements that take something away and bring it back. */
interface Holder {
  readonly drop: string;
  readonly add: string;
}

/** Checks and indexes whose SQL was read with the type that goes: PostgreSQL would compare it with the new one. */
function findHolders(schema: Snapshot, uses: readonly EnumUse[]): readonly Holder[] {
  return [...schema].flatMap(([table, { checks = [], indexes }]) => {
    const columns = uses.filter((use) => use.table === table).map(({ column }) => column.name);
    const held = checks.filter(({ sql }) => columns.some((column) => isNamedIn(sql, column)));
    const indexed = indexes.filter(
      (index) => hasIndexSql(index) && columns.some((column) => findIndexColumns(index).includes(column)),
    );
    return [
      ...held.map((check) => ({
        drop: buildDropConstraint(table, check.name),
        add: buildAddConstraint(table, { kind: "check", check }),
      })),
      ...indexed.map((index) => ({
        drop: buildDropIndex(table, index.name),
        add: buildIndex(table, index),
      })),
    ];
  });
}

/** The statements that add the words; a word that is there by then is left. */
export function buildAddedValues(before: EnumSnapshot, after: EnumSnapshot): readonly string[] {
  const type = quoteTable(after.name);
  return after.values.flatMap((value, position) => {
    if (before.values.includes(value)) return [];
    const place = findPlace(after.values[position - 1], before.values[0]);
    return [`alter type ${type} add value if not exists ${quoteText(value)}${place}`];
  });
}

/** After the word that precedes it, which is there by then; what comes first comes before all that was there. */
function findPlace(previous: string | undefined, first: string | undefined): string {
  if (previous !== undefined) return ` after ${quoteText(previous)}`;
  return first === undefined ? "" : ` before ${quoteText(first)}`;
}

type Replacement = Pick<OperationOf<"replaceEnum">, "before" | "after" | "uses" | "using">;

/** The looks for rows that hold a word which the type is to lose; a cast says what becomes of them. */
export function renderEnumGuards({ before, after, uses, using = {} }: Replacement): readonly Step[] {
  return uses.flatMap((use) =>
    findCast(use, using) === undefined ? renderUseGuard(use, before, after) : [],
  );
}

/** The steps that put another type under the same name. PostgreSQL takes no word from a type, so the columns move over. */
export function renderEnumReplacement(replacement: Replacement): readonly Step[] {
  const { before, after, uses, using = {} } = replacement;
  const name = `${parseTableKey(before.name).name}_replaced`;
  const old = quoteBeside(before.name, name);
  return [
    ...renderEnumGuards(replacement),
    ...[
      `alter type ${quoteTable(before.name)} rename to ${quoteName(name)}`,
      buildCreateEnum(after),
      ...uses.map((use) => buildMove(use, after, findCast(use, using))),
      `drop type ${old}`,
    ].map(postgres),
  ];
}

function renderUseGuard(
  { table, column }: EnumUse,
  before: EnumSnapshot,
  after: EnumSnapshot,
): readonly Step[] {
  const lost = findLostValues(before, after);
  if (lost.length === 0) return [];
  const [name, words] = [quoteName(column.name), lost.map(quoteText).join(", ")];
  const isArray = column.type.kind === "array";
  const where = isArray ? `${name}::text[] && array[${words}]` : `${name}::text in (${words})`;
  const held = lost.map((word) => `"${word}"`).join(" or ");
  const message = `The column "${column.name}" of "${table}" holds ${held}, which "${before.name}" is to lose. Change these rows first.`;
  return [renderGuard({ table, where, message }, "postgres")];
}

function findCast({ table, column }: EnumUse, using: Readonly<Record<string, string>>): string | undefined {
  return using[nameColumn(table, column.name)];
}

/** By the text of the old word, or by the SQL that makes a new one of it. */
function buildMove({ table, column }: EnumUse, after: EnumSnapshot, cast: string | undefined): string {
  const moved = withEnum(column, after);
  const [name, type] = [quoteName(column.name), buildType(moved.type, "postgres")];
  const text = moved.type.kind === "array" ? "text[]" : "text";
  const columnDefault = buildDefault(moved, "postgres");
  return buildAlterTable(
    table,
    ...(columnDefault === undefined ? [] : [`alter column ${name} drop default`]),
    `alter column ${name} type ${type} using (${cast === undefined ? name : `(${cast})`}::${text}::${type})`,
    ...(columnDefault === undefined ? [] : [`alter column ${name} set default ${columnDefault}`]),
  );
}

function postgres(sql: string): Step {
  return raw(sql, "postgres");
}
