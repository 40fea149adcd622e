/**
 * The migration that makes what a database has already, so that one which is made anew gets it too: in tests, in
 * continuous integration, on a colleague's machine. The runner records it where all of its tables are there.
 */
import { listCreations } from "../../migrations/list-creations.js";
import type { MigrationLocals } from "../../migrations/render.js";
import { indent, renderRaw } from "../../migrations/render/source.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { groupBy } from "../../support/group-by.js";
import { quoteName } from "../../migrations/render/sql/names.js";
import { buildTableKey, parseTableKey } from "../../support/table-key.js";
import type { GeneratorContext } from "../context.js";
import { readHistories } from "../history-store.js";
import { listByHand } from "../migrations/made-by-hand.js";
import { findMigrationDatabase, stageMigrationFiles } from "../migrations/stage-files.js";
import type { Notice } from "../plan.js";
import { readSnapshots } from "../snapshot-store.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";
import type { ExistingSchema } from "./existing-schema.js";
import type { ImportedTables } from "./import-tables.js";
import { listNames } from "./list-names.js";

export interface BaselineRequest {
  readonly imported: ImportedTables;
  /** Tables that had a resource and get their snapshots now. */
  readonly adopted: Snapshot;
  readonly schema: ExistingSchema;
  /** What was asked for; without a word it is for projects whose migrations are all ashlar's. */
  readonly isAsked: boolean | undefined;
}

/** Whether a baseline is written, and what is to be known of it. */
export interface StagedBaseline {
  readonly isWritten: boolean;
  readonly notices: readonly Notice[];
}

/** Stages the baseline of the tables that no migration has made, with its history. */
export function stageBaseline(
  staging: Staging,
  { imported, adopted, schema, isAsked }: BaselineRequest,
  context: GeneratorContext,
): StagedBaseline {
  const stored = readSnapshots(context);
  const fresh = new Map([
    ...(isAsked === true ? findUnmade(stored, context) : []),
    ...listFresh(imported, stored),
    ...adopted,
  ]);
  if (isAsked === false || fresh.size === 0) return { isWritten: false, notices: [] };
  const byHand = listByHand(context);
  if (isAsked === undefined && byHand.length > 0) return { isWritten: false, notices: [tellByHand(byHand)] };

  const before = new Map([...stored].filter(([key]) => !fresh.has(key)));
  const after = new Map([...before, ...fresh]);
  const database = findMigrationDatabase(context);
  stageMigrationFiles(
    staging,
    {
      ...{ before, name: "baseline", isTracked: true, lockSafe: false },
      planned: { operations: listCreations({ before, after, database }), withheld: [], after },
      renderTemplate: (_path, locals) => renderBaseline(locals, { fresh, schema, context }),
    },
    context,
  );
  return { isWritten: true, notices: [...tellMissing(fresh, after), ...tellLeft(fresh, imported, schema)] };
}

function listFresh({ resources }: ImportedTables, before: Snapshot): Snapshot {
  const tables = resources.filter(({ isManaged }) => isManaged).map(({ placed: { table } }) => table);
  return new Map(
    tables.map((table) => [buildTableKey(table), table] as const).filter(([key]) => !before.has(key)),
  );
}

/** The tables of snapshots that no generated migration has touched. */
function findUnmade(stored: Snapshot, { files, settings }: GeneratorContext): Snapshot {
  const touched = new Set(
    readHistories(files, settings.migrations).flatMap(({ after }) => [...after.keys()]),
  );
  return new Map([...stored].filter(([key]) => !touched.has(key)));
}

interface Baseline {
  readonly fresh: Snapshot;
  readonly schema: ExistingSchema;
  readonly context: GeneratorContext;
}

function renderBaseline({ up }: MigrationLocals, { fresh, schema, context }: Baseline): string {
  const database = findMigrationDatabase(context);
  const first = schema.prerequisites.map(
    (sql) => `await ${renderRaw(sql.replace(/\s*;?\s*$/, ""), database)};`,
  );
  return renderTemplate(context, "migration/baseline.ts.ejs", {
    tables: JSON.stringify([...fresh.keys()].sort()),
    up: [...indent(first), up].join("\n\n"),
  });
}

function tellByHand(names: readonly string[]): Notice {
  const shown = names.length === 1 ? `"${names[0]}", which was` : `${names.length} migrations, which were`;
  return {
    code: "baseline.none",
    severity: "notice",
    message: `No baseline is written: ${shown} written by hand, may make these tables already.`,
    hint: "Where no migration makes them, so that an empty database would not get them: --baseline",
  };
}

/** Without them an empty database does not take the baseline. */
function tellMissing(fresh: Snapshot, after: Snapshot): readonly Notice[] {
  const referred = [...fresh.values()].flatMap(({ foreignKeys }) =>
    foreignKeys.map(({ references }) => references.table),
  );
  const missing = [...new Set(referred)].filter((key) => !after.has(key));
  if (missing.length === 0) return [];
  return [
    {
      code: "baseline.incomplete",
      severity: "warning",
      message: `The baseline refers to tables that no migration makes: ${quoteAll(missing)}.`,
      hint: `Take them as well: --tables ${[...fresh.keys(), ...missing].join(",")}`,
    },
  ];
}

function tellLeft(
  fresh: Snapshot,
  { resources }: ImportedTables,
  { unmanaged, parts, loose }: ExistingSchema,
): readonly Notice[] {
  const others = new Set(unmanaged.map(({ key }) => key));
  const left = [
    ...resources
      .filter(({ isManaged, placed }) => !isManaged && !others.has(placed.key))
      .map(({ placed: { key } }) => ({ kind: "table", name: key })),
    ...unmanaged.filter(({ key }) => !isSaid(key, fresh)).map(({ key, kind }) => ({ kind, name: key })),
    ...parts.filter(({ table }) => fresh.has(table)),
    ...loose,
  ];
  if (left.length === 0) return [];
  const groups = [...groupBy(left, ({ kind }) => kind)].map(([kind, group]) =>
    listNames(
      kind,
      group.map(({ name }) => name),
    ),
  );
  return [
    {
      code: "baseline.left",
      severity: "notice",
      message: `The baseline does not make the ${groups.join(", the ")}.`,
      hint: "What new databases need of it goes at the end of its up, as SQL: now, before npx ashlar migrate records it.",
    },
  ];
}

/** SQLite's views stand among the statements of what they read. */
function isSaid(key: string, fresh: Snapshot): boolean {
  return [...fresh.values()].some(({ statements = [] }) =>
    statements.some(({ down }) => down === `drop view ${quoteName(parseTableKey(key).name)}`),
  );
}

function quoteAll(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(", ");
}
