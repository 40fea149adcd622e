/*
 * What has to be in the tables still once a migration has run, worked out from the two schemas alone: the operations that
 * take the one to the other have no say in it.
 */
import type { Knex } from "knex";
import type { AttributeType } from "../../../src/runtime/attribute-type.js";
import { hasSameContent } from "../../../src/migrations/canonical-json.js";
import type { ColumnSnapshot } from "../../../src/migrations/snapshot.js";
import { quoteName, quoteTable } from "../../../src/host/prove/rows/quote-name.js";
import type { Change } from "../arbitrary-renames.js";

export type Side = "before" | "after";

/** A column that is there before and after, under whatever names. */
export interface KeptColumn {
  /** The table's key after the change. */
  readonly table: string;
  readonly before: ColumnSnapshot;
  readonly after: ColumnSnapshot;
}

/** A table that is there before and after, by its keys, with the columns whose values stay the same. */
export interface KeptTable {
  readonly before: string;
  readonly after: string;
  readonly columns: readonly KeptColumn[];
}

export function findKeptColumns(change: Change): readonly KeptColumn[] {
  return listTables(change).flatMap(([before, after]) => matchColumns(change, before, after));
}

export function findKeptTables(change: Change): readonly KeptTable[] {
  return listTables(change).map(([before, after]) => ({
    before,
    after,
    columns: matchColumns(change, before, after).filter(keepsValues),
  }));
}

function listTables({ before, after, renames }: Change): readonly (readonly [string, string])[] {
  return [...before.keys()].flatMap((key) => {
    const now = renames.tables.find(({ from }) => from === key)?.to ?? key;
    return after.has(now) ? [[key, now] as const] : [];
  });
}

function matchColumns({ before, after, renames }: Change, old: string, table: string): readonly KeptColumn[] {
  const columns = after.get(table)?.columns ?? [];
  return (before.get(old)?.columns ?? []).flatMap((column) => {
    const renamed = renames.columns.find((rename) => rename.table === table && rename.from === column.name);
    const now = columns.find(({ name }) => name === (renamed?.to ?? column.name));
    return now === undefined ? [] : [{ table, before: column, after: now }];
  });
}

/** Is every value the same after the change, as a text? */
function keepsValues({ before, after }: KeptColumn): boolean {
  if (before.generatedAs !== undefined || after.generatedAs !== undefined) return false;
  return (
    hasSameContent(nameValues(before.type), nameValues(after.type)) || isWidened(before.type, after.type)
  );
}

/** Words that are lost stop the migration; those that stay are the same. */
function nameValues(type: AttributeType): unknown {
  if (type.kind === "array") return [nameValues(type.of)];
  return type.kind === "enum" ? [type.kind, type.native] : type;
}

function isWidened(before: AttributeType, after: AttributeType): boolean {
  const texts: readonly AttributeType["kind"][] = ["string", "text"];
  if (before.databaseType !== undefined || after.databaseType !== undefined) return false;
  if (before.kind === "integer") return after.kind === "bigint" || after.kind === "text";
  // A text that is cut stops the migration or its way back.
  if (texts.includes(before.kind)) return texts.includes(after.kind);
  return (before.kind === "enum" || before.kind === "uuid") && after.kind === "text";
}

/** The values of the kept tables at one moment, a list of rows for each. */
export type Picture = readonly (readonly (readonly (string | null)[])[])[];

export async function takePicture(knex: Knex, tables: readonly KeptTable[], side: Side): Promise<Picture> {
  const picture = [];
  for (const table of tables) picture.push(await readRows(knex, table, side));
  return picture;
}

async function readRows(knex: Knex, table: KeptTable, side: Side) {
  const values = table.columns.map(
    (column, place) => `cast(${quoteName(column[side].name)} as text) as c${place}`,
  );
  const answer: unknown = await knex.raw(
    `select ${["1 as c", ...values].join(", ")} from ${quoteTable(table[side])}`,
  );
  const rows = Array.isArray(answer) ? answer : (answer as { rows: readonly unknown[] }).rows;
  return (rows as readonly Readonly<Record<string, string | null>>[]).map((row) =>
    table.columns.map((_, place) => row[`c${place}`] ?? null),
  );
}

/** One side of a picture as it can be compared: rows have no order, and what was without a value may be filled in. */
export function sortPicture(picture: Picture, tables: readonly KeptTable[]): readonly (readonly string[])[] {
  return picture.map((rows, place) => {
    const columns = tables[place]?.columns ?? [];
    const isFilled = columns.map(({ before, after }) => before.nullable !== after.nullable);
    const whole = rows.map((row) => JSON.stringify(row.filter((_, at) => !isFilled[at])));
    return whole.sort();
  });
}

/** The values that were there, of the columns that may be filled in besides. */
export function listFilled(picture: Picture, tables: readonly KeptTable[]): readonly (readonly string[])[] {
  return picture.flatMap((rows, place) =>
    (tables[place]?.columns ?? []).flatMap(({ before, after }, at) =>
      before.nullable === after.nullable ? [] : [rows.flatMap((row) => row[at] ?? []).sort()],
    ),
  );
}
