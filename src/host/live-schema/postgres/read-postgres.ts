import type { Knex } from "knex";
import type { TableSnapshot } from "../../../migrations/snapshot.js";
import type { LiveSchema, ReadSchemaOptions, UnmanagedTable } from "../live-schema.js";
import { readCatalogue, type Catalogue, type RelationRow } from "./catalogue.js";
import { findNotices } from "./notices.js";
import { findUnmanagedKind, keyOf } from "./relation.js";
import { groupRows, readTable, type Known, type TableRows } from "./table.js";
import { findParts } from "./unmanaged-parts.js";

/** The schema of a PostgreSQL or PGlite database; `ignored` are the names of tables that are nobody's business. */
export async function readPostgres(
  knex: Knex,
  options: ReadSchemaOptions,
  ignored: ReadonlySet<string>,
): Promise<LiveSchema> {
  const { schemas } = options;
  const catalogue = await readCatalogue(knex, options);
  const known = { types: indexById(catalogue.types), relations: indexById(catalogue.relations) };
  const isAsked = ({ name, schema }: RelationRow): boolean =>
    !ignored.has(name) && (schemas === undefined || schemas.includes(schema));
  const tables = groupRows(catalogue).filter(({ relation }) => isAsked(relation));
  return describe(tables, catalogue, known);
}

function describe(tables: readonly TableRows[], catalogue: Catalogue, known: Known): LiveSchema {
  const managed = tables.filter(({ relation }) => findUnmanagedKind(relation) === undefined);
  const sorted = managed.map((rows) => [keyOf(rows.relation), readTable(rows, known)] as const).sort(byKey);
  return {
    snapshot: new Map(sorted),
    prerequisites: catalogue.prerequisites ?? [],
    loose: catalogue.loose ?? [],
    unmanaged: tables.flatMap((rows) => describeUnmanaged(rows, known)),
    parts: managed.flatMap((rows) => findParts(rows, catalogue.attached, known.relations)),
    notices: managed.flatMap(findNotices),
  };
}

function describeUnmanaged(rows: TableRows, known: Known): readonly UnmanagedTable[] {
  const found = findUnmanagedKind(rows.relation);
  if (found === undefined) return [];
  return [{ key: keyOf(rows.relation), ...found, table: readTable(rows, known) }];
}

function byKey([one]: readonly [string, TableSnapshot], [other]: readonly [string, TableSnapshot]): number {
  return one < other ? -1 : 1;
}

function indexById<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
