/**
 * Tables that migrations made which ashlar did not write. Nothing but their text tells of them here: no snapshot says
 * what they made, and no database is asked. So a name that such a migration gives a table stops a migration that would
 * make it again, until somebody says that it is another one.
 */
import type { Operation } from "../../migrations/operation.js";
import type { Problem } from "../../support/problem.js";
import { groupBy } from "../../support/group-by.js";
import { buildTableKey, parseTableKey } from "../../support/table-key.js";
import type { GeneratorContext } from "../context.js";
import { readHistories } from "../history-store.js";
import type { Notice } from "../plan.js";
import { removeComments } from "../source/remove-comments.js";
import { findFileNames, listMigrationFiles } from "../undo/find-generated.js";

type ProjectFiles = Pick<GeneratorContext, "files" | "settings">;

/** A table that is to be made, and the migration by hand that made one of its name. */
export interface MadeTable {
  /** Its key. */
  readonly table: string;
  /** Name of the migration's file. */
  readonly migration: string;
}

/** The names of the migrations that ashlar did not generate. */
export function listByHand({ files, settings }: ProjectFiles): readonly string[] {
  const names = listMigrationFiles(files, settings.migrations);
  const histories = readHistories(files, settings.migrations);
  const generated = new Set(histories.flatMap((history) => findFileNames(history, names)));
  return names.filter((name) => !generated.has(name));
}

/**
 * Those of the tables to be made that a migration by hand has made. A table that a generated migration knew was answered
 * for then.
 *
 * @param isNew the keys of tables that are others
 * @example
 * findMadeByHand(operations, [], context); // [{ table: "users", migration: "20250101000000_init.ts" }]
 */
export function findMadeByHand(
  operations: readonly Operation[],
  isNew: readonly string[],
  context: ProjectFiles,
): readonly MadeTable[] {
  const answered = new Set([...isNew, ...listGenerated(context)]);
  const tables = answered.has("all") ? [] : listCreated(operations).filter((key) => !answered.has(key));
  if (tables.length === 0) return [];
  const made = listByHand(context).map((name) => [name, readMadeNames(name, context)] as const);
  return tables.flatMap((table): readonly MadeTable[] => {
    const bare = parseTableKey(table).name;
    const migration = made.find(([, names]) => names.has(bare))?.[0];
    return migration === undefined ? [] : [{ table, migration }];
  });
}

function listGenerated({ files, settings }: ProjectFiles): readonly string[] {
  return readHistories(files, settings.migrations).flatMap(({ after }) => [...after.keys()]);
}

function listCreated(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((each) => (each.kind === "createTable" ? [buildTableKey(each.table)] : []));
}

const knexTable = /\bcreateTable(?:IfNotExists|Like)?\s*\(\s*(?:(["'`])([^"'`]+)\1|([A-Za-z_$][\w$]*))/g;
const knexRename = /\brenameTable\s*\([^,()]+,\s*(["'`])([^"'`]+)\1/g;
const sqlTable =
  /\b(?:create(?:\s+unlogged)?\s+table|rename\s+to)\s+(?:if\s+not\s+exists\s+)?(?:[\\"`]*[\w$]+[\\"`]*\.)?[\\"`]*([\w$]+)/gi;

/** The names of tables that the text of a migration makes, wherever they stand in it. */
function readMadeNames(name: string, { files, settings }: ProjectFiles): ReadonlySet<string> {
  const text = removeComments(files.read(`${settings.migrations}/${name}`) ?? "");
  const byKnex = [...text.matchAll(knexTable)].map(
    ([, , literal, constant = ""]) => literal ?? findConstant(text, constant),
  );
  const renamed = [...text.matchAll(knexRename)].map(([, , literal]) => literal);
  const bySql = [...text.matchAll(sqlTable)].map(([, literal]) => literal);
  return new Set([...byKnex, ...renamed, ...bySql].filter((each) => each !== undefined));
}

function findConstant(text: string, name: string): string | undefined {
  const declaration = new RegExp(`\\bconst\\s+${name.replaceAll("$", "\\$")}\\s*=\\s*(["'\`])([^"'\`]+)\\1`);
  return declaration.exec(text)?.[2];
}

/** What to answer before the tables can be made, a problem for each migration. */
export function describeMadeByHand(made: readonly MadeTable[]): readonly Problem[] {
  return [...groupBy(made, ({ migration }) => migration)].map(([migration, own]) => {
    const keys = own.map(({ table }) => table);
    const isOne = keys.length === 1;
    return {
      code: "migration.table.made",
      message: `The migration "${migration}" makes ${isOne ? "the table" : "the tables"} ${quoteAll(keys)} already, and no snapshot says what ${isOne ? "it is" : "they are"}.`,
      hint: `Take that from a database on which it has run: npx ashlar gen resources --from-database. Where ${isOne ? "that one is" : "those are"} gone since: --new-table ${keys.join(",")}`,
    };
  });
}

/** Where no snapshot tells of any table, what migrations by hand made is not known. */
export function tellUnknown(operations: readonly Operation[], context: ProjectFiles): readonly Notice[] {
  const created = listCreated(operations);
  const byHand = listByHand(context);
  if (created.length === 0 || byHand.length === 0) return [];
  const names = byHand.length === 1 ? `the migration "${byHand[0]}"` : `the ${byHand.length} migrations here`;
  return [
    {
      code: "migration.tables.unknown",
      severity: "warning",
      message: `No snapshot says what ${names} made, so ${quoteAll(created)} ${created.length === 1 ? "is" : "are"} made anew.`,
      hint: "Where a database has such tables already, begin with that: npx ashlar gen resources --from-database",
    },
  ];
}

/** The same where nothing is written, for who reads what is pending. */
export function tellMadeByHand(made: readonly MadeTable[]): readonly Notice[] {
  return describeMadeByHand(made).map((problem) => ({ ...problem, severity: "warning" }));
}

function quoteAll(keys: readonly string[]): string {
  const shown = keys.length > 6 ? keys.slice(0, 5) : keys;
  const quoted = shown.map((key) => `"${key}"`);
  const rest = keys.length > shown.length ? [`${keys.length - shown.length} more`] : [];
  const all = [...quoted, ...rest];
  return all.length === 1 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
